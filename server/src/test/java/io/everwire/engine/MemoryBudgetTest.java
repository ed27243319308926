package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The limit of the memory that all clients hold together. */
class MemoryBudgetTest {
    private static final long MOST = 1_000_000;
    private static final int EACH = 100_000;

    private final List<Client> evicted = new ArrayList<>();
    private final MemoryBudget budget = new MemoryBudget("test", MOST, new LimitLog(null), null);

    private final class Client extends MemoryBudget.Holder {
        private final boolean first;

        Client(boolean first) {
            this.first = first;
        }

        @Override
        protected boolean first() {
            return first;
        }

        @Override
        protected void evict() {
            synchronized (evicted) {
                evicted.add(this);
            }
        }
    }

    private Client client(long bytes) {
        Client client = new Client(false);
        budget.hold(client, bytes);
        return client;
    }

    @Test
    void nobodyIsEvictedAtTheLimit() {
        IntStream.range(0, 10).forEach(i -> client(EACH));

        assertThat(evicted).isEmpty();
        assertThat(budget.held()).isEqualTo(MOST);
    }

    @Test
    void thoseWhoHoldMostAreEvictedUntilAnEighthIsFree() {
        Client largest = client(3 * EACH);
        Client second = client(2 * EACH);
        IntStream.range(0, 6).forEach(i -> client(EACH));

        assertThat(evicted).containsExactly(largest);

        budget.hold(largest, 0);
        client(2 * EACH);
        client(EACH);
        assertThat(evicted).hasSize(3).contains(second);
    }

    @Test
    void clientsThatAreToBeFirstAreEvictedBeforeLargerOnes() {
        client(8 * EACH);
        Client first = new Client(true);
        budget.hold(first, 2 * EACH);
        client(EACH / 2);

        assertThat(evicted).containsExactly(first);
    }

    @Test
    void bytesOfEvictedClientsCountAsFree() {
        IntStream.range(0, 11).forEach(i -> client(EACH));
        assertThat(evicted).hasSize(3);

        client(EACH);
        client(EACH);
        assertThat(evicted).hasSize(3);
        assertThat(budget.held()).isEqualTo(13 * EACH);
    }

    @Test
    void newClientsDoNotStayInThePlaceOfEvictedOnes() {
        IntStream.range(0, 30).forEach(i -> client(EACH));
        List<Client> leaving = List.copyOf(evicted);

        // All of them but one leave late, and others come meanwhile.
        for (Client client : leaving.subList(0, leaving.size() / 2)) {
            budget.hold(client, 0);
            client(EACH);
        }
        evicted.forEach(client -> budget.hold(client, 0));

        assertThat(budget.held()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void memoryOfNoClientIsCountedAndNobodyElseIsLeftToEvict() {
        budget.add(2 * MOST);
        Client small = client(EACH);
        assertThat(evicted).containsExactly(small);

        budget.hold(small, 0);
        budget.add(-2 * MOST);
        client(9 * EACH);
        assertThat(evicted).containsExactly(small);
        client(2 * EACH);
        assertThat(evicted).hasSize(2);
    }

    @Test
    void aHolderThatIsUpdatedIsEvictedLikeTheOthersAndCountsUntilItIsSettled() {
        long[] held = {5 * EACH};
        MemoryBudget.Holder updated = new MemoryBudget.Holder() {
            @Override
            protected long current() {
                return held[0];
            }

            @Override
            protected void evict() {
                held[0] = 0;
                budget.settle(this);
            }
        };
        budget.update(updated);
        held[0] = 0;
        budget.update(updated);
        assertThat(budget.held()).isZero();

        held[0] = 6 * EACH;
        budget.update(updated);
        client(5 * EACH);

        assertThat(evicted).isEmpty();
        assertThat(budget.held()).isEqualTo(5 * EACH);
    }

    @Test
    void theLimitHoldsWhenManyThreadsReachItTogether() throws Exception {
        for (int round = 0; round < 200; round++) {
            MemoryBudget shared = new MemoryBudget("test", MOST, new LimitLog(null), null);
            evicted.clear();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> holdGrowing(shared, start));
                thread.start();
                threads.add(thread);
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            List.copyOf(evicted).forEach(client -> shared.hold(client, 0));

            assertThat(shared.held()).isLessThanOrEqualTo(MOST);
        }
    }

    private void holdGrowing(MemoryBudget shared, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < 10; i++) {
            Client client = new Client(false);
            for (int bytes = 10_000;
                    bytes <= EACH;
                    bytes += ThreadLocalRandom.current().nextInt(1, 20) * 2000) {
                shared.hold(client, bytes);
            }
        }
    }
}
