package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A slow or cut way to Redis, by a TCP proxy in front of it. */
final class Cut {
    private static final long PATIENCE_SECONDS = 30;
    private static final int JOINS = 50;

    private Cut() {}

    /** The bytes from Redis to the second servers do not arrive for a while. */
    static Outcome answers(Lab lab) {
        return cut(lab, false);
    }

    /** The bytes of the second servers to Redis do not arrive for a while. */
    static Outcome requests(Lab lab) {
        return cut(lab, true);
    }

    private static Outcome cut(Lab lab, boolean requests) {
        try (RedisServer redis = RedisServer.start();
                Proxy proxy = new Proxy(redis.port());
                Mixed all = new Mixed(
                        lab,
                        name -> MemberConfig.on(name.endsWith("2") ? proxy.uri() : redis.uri(), "classic", name),
                        "")) {
            all.begin();
            Pause.millis(1_000);
            keep(proxy, requests, true);
            long began = System.nanoTime();
            long noticed = Pause.until(
                    PATIENCE_SECONDS, () -> !health(all.everwire.second()).equals("UP"));
            Pause.millis(lab.seconds(12, 8) * 1_000 - (System.nanoTime() - began) / 1_000_000);
            long heap = all.everwire.second().order("state").get("heap").asLong();
            long nodeHeap = all.node.second().order("state").get("heap").asLong();
            keep(proxy, requests, false);
            long up = Pause.until(
                    PATIENCE_SECONDS, () -> health(all.everwire.second()).equals("UP"));
            all.end();
            List<Flow> flows = new ArrayList<>();
            List<Flow> local = new ArrayList<>();
            for (Two kind : all.both()) {
                flows.add(
                        requests ? kind.flow(kind.second(), kind.onFirst()) : kind.flow(kind.first(), kind.onSecond()));
                local.add(kind.flow(kind.second(), kind.onSecond()));
            }
            return new Outcome()
                    .figure("reports that it is not `UP` after", noticed + " ms", "has no state")
                    .figure("reports `UP` again after", up + " ms", "has no state")
                    .figure(
                            requests
                                    ? "lost of its events, for the other server"
                                    : "lost of events of the other server",
                            flows.get(0).losses(),
                            flows.get(1).losses())
                    .figure(
                            "longest delay for its own clients",
                            local.get(0).latestMillis() + " ms",
                            local.get(1).latestMillis() + " ms")
                    .figure("live heap at the end of the cut", megabytes(heap), megabytes(nodeHeap))
                    .expect(noticed >= 0, "the server reports that it is not UP")
                    .expect(up >= 0, "the server is UP again")
                    .expect(flows.get(0).isWhole(), "nothing is lost: the connection lives")
                    .expect(local.get(0).isWhole(), "its own clients receive all");
        }
    }

    private static void keep(Proxy proxy, boolean requests, boolean keeps) {
        if (requests) {
            proxy.keepRequests(keeps);
        } else {
            proxy.keepAnswers(keeps);
        }
    }

    private static String health(Member member) {
        return member.order("health").asString();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Each byte between Redis and the second servers takes 20 ms more. The mode is sharded; rooms have channels of their own. */
    static Outcome delayed(Lab lab) {
        try (RedisServer redis = RedisServer.start();
                Proxy proxy = new Proxy(redis.port());
                Mixed all = new Mixed(
                        lab,
                        name -> MemberConfig.on(name.endsWith("2") ? proxy.uri() : redis.uri(), "sharded", name),
                        "")) {
            proxy.delay(20);
            all.begin();
            Pause.millis(lab.seconds(5, 2) * 1_000);
            all.end();
            List<String> missed = new ArrayList<>();
            for (Two kind : all.both()) {
                for (int i = 0; i < JOINS; i++) {
                    String room = "joined " + i;
                    kind.onSecond().join(room);
                    kind.first().order("emit", "room", room, "event", room);
                }
                Pause.until(30, () -> kind.onSecond().names().size() == JOINS);
                missed.add(JOINS - kind.onSecond().names().size() + " of " + JOINS);
            }
            Flow everwire = Mixed.flow(all.everwire, all.everwire);
            Flow node = Mixed.flow(all.node, all.node);
            return new Outcome()
                    .figure("lost for the other server of the kind", everwire.losses(), node.losses())
                    .figure("middle of the delays", millis(everwire.middleMillis()), millis(node.middleMillis()))
                    .figure("events to a room lost right after the ack of a join", missed.get(0), missed.get(1))
                    .expect(everwire.isWhole(), "nothing is lost")
                    .expect(missed.get(0).startsWith("0 "), "who has joined receives");
        }
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }
}
