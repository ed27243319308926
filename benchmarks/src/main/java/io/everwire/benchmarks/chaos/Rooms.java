package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rooms that come and go: each has a channel of its own. */
final class Rooms {
    private static final int RATE = 1_000;
    private static final long PATIENCE_SECONDS = 30;

    private Rooms() {}

    static Outcome run(Lab lab) throws Exception {
        List<String> rooms = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        List<String> heaps = new ArrayList<>();
        boolean flat = true;
        for (List<String> command : List.of(lab.everwire(), lab.node())) {
            try (RedisServer redis = RedisServer.start();
                    Two two = Two.start(
                            command,
                            MemberConfig.on(redis.uri(), "sharded", "first"),
                            MemberConfig.on(redis.uri(), "sharded", "second"),
                            "")) {
                Pause.until(PATIENCE_SECONDS, () -> Mixed.count(two.first()) == 2);
                churn(two, 2);
                long ignored = two.first().order("settle").asLong();
                long before = settled(redis);
                double heap = heap(two);
                churn(two, lab.seconds(60, 5));
                long most = redis.subscriptions();
                long count = two.first().order("settle").asLong() - ignored;
                long after = settled(redis);
                double heapAfter = heap(two);
                rooms.add(String.format(Locale.ROOT, "%,d", count));
                channels.add(before + " → " + most + " → " + after);
                heaps.add(String.format(Locale.ROOT, "%.1f → %.1f MB", heap, heapAfter));
                if (rooms.size() == 1) {
                    // Of Everwire.
                    flat = before == after && heapAfter < heap + 2;
                }
            }
        }
        return new Outcome()
                .figure("rooms that came and went", rooms.get(0), rooms.get(1))
                .figure("channels before → meanwhile → after", channels.get(0), channels.get(1))
                .figure("live heap before → after", heaps.get(0), heaps.get(1))
                .expect(flat, "channels and heap are as before");
    }

    private static void churn(Two two, long seconds) {
        two.first().order("churn", "rate", RATE);
        Pause.millis(seconds * 1_000);
        two.first().order("still");
    }

    /** Returns the number of subscriptions when it does not change any more. */
    private static long settled(RedisServer redis) throws Exception {
        long last = -1;
        for (long now = redis.subscriptions(); now != last; now = redis.subscriptions()) {
            last = now;
            Pause.millis(500);
        }
        return last;
    }

    private static double heap(Two two) {
        return two.first().order("state").get("heap").asLong() / 1e6;
    }
}
