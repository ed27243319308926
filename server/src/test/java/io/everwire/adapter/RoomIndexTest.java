package io.everwire.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RoomIndexTest {
    private static final List<Integer> MEMBERS = IntStream.range(0, 6).boxed().toList();
    private static final List<String> ROOMS = List.of("a", "b", "c", "d");

    private static final int RACES = 20_000;

    private final RoomIndex<Integer> index = new RoomIndex<>(new RoomIndex.Listener<>() {});

    @Test
    void aRoomIsThereWhileSomebodyIsInIt() {
        index.join(1, "a");
        index.join(2, "a");
        assertThat(index.select(Set.of("a"), Set.of())).containsExactlyInAnyOrder(1, 2);

        index.leave(1, "a");
        index.leave(2, "a");
        assertThat(index.select(Set.of("a"), Set.of())).isEmpty();
        assertThat(index.rooms(1)).isEmpty();
    }

    @Test
    void leavingWhereOneIsNotChangesNothing() {
        index.join(1, "a");

        index.leave(1, "b");
        index.leave(2, "a");
        index.leaveAll(3);

        assertThat(index.select(Set.of("a"), Set.of())).containsExactly(1);
        assertThat(index.rooms(1)).containsExactly("a");
    }

    /** Compares all results with sets of pairs, after each of many random steps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsWhatANaiveModelIs(long seed) {
        Random random = new Random(seed);
        Map<Integer, Set<String>> model = new TreeMap<>();
        for (int step = 0; step < 3_000; step++) {
            int member = pick(random, MEMBERS);
            String room = pick(random, ROOMS);
            Set<String> joined = model.computeIfAbsent(member, same -> new TreeSet<>());
            switch (random.nextInt(8)) {
                case 0 -> {
                    index.leaveAll(member);
                    joined.clear();
                }
                case 1, 2, 3 -> {
                    index.leave(member, room);
                    joined.remove(room);
                }
                default -> {
                    index.join(member, room);
                    joined.add(room);
                }
            }
            assertSame(model, some(random), some(random));
        }
    }

    /** Two threads, one member, one room, again and again: the two maps of the index must agree after each round. */
    @Test
    void whateverTwoThreadsDoAtTheSameTimeNothingIsLeftBehind() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicInteger ready = new AtomicInteger();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> leaver = other.submit(() -> {
            for (int round = 0; round < RACES; round++) {
                together(barrier, ready, round);
                if (round % 2 == 0) {
                    index.leave(1, "a");
                } else {
                    index.leaveAll(1);
                }
                barrier.await(60, TimeUnit.SECONDS);
            }
            return null;
        });
        for (int round = 0; round < RACES; round++) {
            together(barrier, ready, round);
            index.join(1, "a");
            barrier.await(60, TimeUnit.SECONDS);
            assertBothSidesAgree();
            index.leaveAll(1);
            assertThat(index.select(Set.of("a"), Set.of())).isEmpty();
        }
        leaver.get(60, TimeUnit.SECONDS);
        other.shutdown();
    }

    /** Starts two threads at nearly the same time: a barrier wakes one of them long before the other. */
    private static void together(CyclicBarrier barrier, AtomicInteger ready, int round) throws Exception {
        barrier.await(60, TimeUnit.SECONDS);
        ready.incrementAndGet();
        while (ready.get() < 2 * (round + 1)) {
            Thread.yield();
        }
    }

    private void assertBothSidesAgree() {
        for (String room : ROOMS) {
            Set<Integer> inside = new HashSet<>(index.select(Set.of(room), Set.of()));
            Set<Integer> say = new HashSet<>(MEMBERS);
            say.removeIf(member -> !index.rooms(member).contains(room));
            assertThat(inside).as("members of " + room).isEqualTo(say);
        }
    }

    private void assertSame(Map<Integer, Set<String>> model, Set<String> chosen, Set<String> except) {
        for (Integer member : MEMBERS) {
            assertThat(index.rooms(member)).isEqualTo(model.getOrDefault(member, Set.of()));
        }
        List<Integer> selected = members(model, chosen);
        selected.removeAll(members(model, except));
        Collection<Integer> found = index.select(chosen, except);
        assertThat(found).containsExactlyInAnyOrderElementsOf(selected);

        List<Integer> others = new ArrayList<>(MEMBERS);
        others.removeAll(members(model, except));
        assertThat(index.without(MEMBERS, except)).containsExactlyElementsOf(others);
    }

    private static List<Integer> members(Map<Integer, Set<String>> model, Set<String> rooms) {
        return model.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(rooms::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Set<String> some(Random random) {
        return ROOMS.stream().filter(room -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
