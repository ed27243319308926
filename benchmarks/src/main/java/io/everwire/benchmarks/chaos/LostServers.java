package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Servers that die or stop. */
final class LostServers {
    private static final long PATIENCE_SECONDS = 30;

    private LostServers() {}

    /** A server is killed while a request waits for it. */
    static Outcome killed(Lab lab) {
        try (RedisServer redis = RedisServer.start();
                Mixed all = new Mixed(lab, name -> MemberConfig.on(redis.uri(), "classic", name), "")) {
            all.begin();
            List<String> counted = new ArrayList<>();
            List<String> ended = new ArrayList<>();
            int servers = 4;
            for (Two kind : all.both()) {
                servers--;
                int expected = servers;
                // It answers no more, but Redis counts it.
                kind.second().signal("STOP");
                CompletableFuture<JsonNode> request = kind.first().ask("fetch");
                Pause.millis(200);
                kind.second().kill();
                long millis = Pause.until(PATIENCE_SECONDS, () -> Mixed.count(kind.first()) == expected);
                counted.add(millis + " ms");
                ended.add(describe(request.join()));
            }
            all.end();
            Flow toNode = all.everwire.flow(all.everwire.first(), all.node.onFirst());
            Flow toEverwire = all.node.flow(all.node.first(), all.everwire.onFirst());
            return new Outcome()
                    .figure("`serverCount` is right after", counted.get(0), counted.get(1))
                    .figure("`fetchSockets` that waited for it", ended.get(0), ended.get(1))
                    .figure("lost between the others", toNode.losses(), toEverwire.losses())
                    .expect(!counted.get(0).startsWith("-"), "the servers are counted right")
                    .expect(!ended.get(0).contains("error"), "the request ends with the sockets of the others")
                    .expect(toNode.isWhole() && toEverwire.isWhole(), "nothing is lost between the others");
        }
    }

    /** A server stops for a while. */
    static Outcome stopped(Lab lab) {
        try (RedisServer redis = RedisServer.start();
                Mixed all = new Mixed(lab, name -> MemberConfig.on(redis.uri(), "classic", name), "")) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            List<String> back = new ArrayList<>();
            List<Flow> flows = new ArrayList<>();
            for (Two kind : all.both()) {
                all.begin();
                Pause.millis(500);
                long began = System.nanoTime();
                kind.second().signal("STOP");
                first.add(describe(kind.first().order("fetch")));
                second.add(describe(kind.first().order("fetch")));
                Pause.millis(lab.seconds(20, 7) * 1_000 - (System.nanoTime() - began) / 1_000_000);
                kind.second().signal("CONT");
                long since = System.nanoTime();
                Pause.until(PATIENCE_SECONDS, () -> isWhole(kind.first()));
                back.add((System.nanoTime() - since) / 1_000_000 + " ms");
                all.end();
                flows.add(kind.flow(kind.first(), kind.onSecond()));
            }
            return new Outcome()
                    .figure("first `fetchSockets` meanwhile", first.get(0), first.get(1))
                    .figure("second `fetchSockets` meanwhile", second.get(0), second.get(1))
                    .figure("`fetchSockets` is complete again after", back.get(0), back.get(1))
                    .figure(
                            "lost for its client",
                            flows.get(0).losses(),
                            flows.get(1).losses())
                    .expect(!first.get(0).contains("error"), "the first request ends with the sockets of the others")
                    .expect(!second.get(0).contains("error"), "the second request, too")
                    .expect(flows.get(0).isWhole(), "its client receives all in order");
        }
    }

    private static boolean isWhole(Member member) {
        JsonNode found = member.order("fetch");
        return found.path("missing").asInt(-1) == 0 && found.path("found").asInt() == 4;
    }

    private static String describe(JsonNode fetched) {
        double millis = fetched.get("millis").asDouble();
        if (fetched.has("error")) {
            return String.format(Locale.ROOT, "%.0f ms, error", millis);
        }
        int missing = fetched.get("missing").asInt();
        return String.format(
                Locale.ROOT,
                "%.0f ms, %d sockets%s",
                millis,
                fetched.get("found").asInt(),
                missing == 0 ? "" : ", " + missing + " missing");
    }
}
