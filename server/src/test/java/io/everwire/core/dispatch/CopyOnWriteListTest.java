package io.everwire.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CopyOnWriteListTest {
    private final CopyOnWriteList<String> list = new CopyOnWriteList<>();

    @Test
    void isAList() {
        list.add("b");
        list.add("c");
        list.add(0, "a");
        assertThat(list).containsExactly("a", "b", "c").hasSize(3);
        assertThat(list.remove("b")).isTrue();
        assertThat(list.remove("b")).isFalse();
        assertThat(list.remove(0)).isEqualTo("a");
        assertThat(List.copyOf(list)).containsExactly("c");
        list.clear();
        assertThat(list).isEmpty();
    }

    @Test
    void whoGoesThroughItSeesItAsItWas() {
        list.addAll(List.of("a", "b"));
        Iterator<String> before = list.iterator();
        List<String> streamed = list.stream().peek(seen -> list.clear()).toList();
        assertThat(streamed).containsExactly("a", "b");
        assertThat(before.next() + before.next()).isEqualTo("ab");
        assertThat(before.hasNext()).isFalse();
        assertThat(list).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyThreadsAddAndRemove() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String mine = "thread " + i;
            threads.add(new Thread(() -> {
                awaitQuietly(start);
                for (int turn = 0; turn < 1_000; turn++) {
                    list.add(mine);
                    list.add(mine);
                    list.remove(mine);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(list).hasSize(4_000);
    }
}
