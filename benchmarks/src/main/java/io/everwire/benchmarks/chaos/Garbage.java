package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import io.everwire.benchmarks.cluster.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages on the channels that no server of this kind wrote. */
final class Garbage {
    private static final long PATIENCE_SECONDS = 20;

    private static final List<String> CHANNELS = List.of("#/#", "#/#r#", "-request#/#", "-response#/#");

    private Garbage() {}

    /** Sends garbage and requests of Socket.IO 2 to a cluster of each kind. */
    static Outcome run(Lab lab) throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            List<String> everwire = endsAt(lab, redis, lab.everwire(), "everwire");
            List<String> node = endsAt(lab, redis, lab.node(), "node");
            return new Outcome()
                    .figure("messages that end the process", everwire.get(0), node.get(0))
                    .figure("events arrive afterwards", everwire.get(1), node.get(1))
                    .figure("messages that it counts as unreadable", everwire.get(2), node.get(2))
                    .expect(everwire.get(0).startsWith("0 "), "no message ends the process")
                    .expect(everwire.get(1).equals("yes"), "events arrive afterwards");
        }
    }

    /** Returns the messages that end a server, whether events arrive at the end, and the number of unreadable messages. */
    private static List<String> endsAt(Lab lab, RedisServer redis, List<String> command, String prefix)
            throws Exception {
        MemberConfig place =
                MemberConfig.on(redis.uri(), "classic", prefix + "1").prefix(prefix);
        MemberConfig other =
                MemberConfig.on(redis.uri(), "classic", prefix + "2").prefix(prefix);
        List<byte[]> messages = messages(lab);
        int ends = 0;
        int sent = 0;
        Member victim = Member.startQuietly(command, place);
        for (byte[] message : messages) {
            for (String channel : CHANNELS) {
                redis.ask(
                        "PUBLISH".getBytes(StandardCharsets.US_ASCII),
                        (prefix + channel).getBytes(StandardCharsets.US_ASCII),
                        message);
                sent++;
                if (!survives(victim)) {
                    ends++;
                    victim.close();
                    victim = Member.startQuietly(command, place);
                }
            }
        }
        String dropped = victim.order("state").get("dropped").asString();
        victim.close();
        try (Two two = Two.start(command, place, other, "")) {
            Pause.until(PATIENCE_SECONDS, () -> Mixed.count(two.first()) == 2);
            two.begin();
            Pause.millis(500);
            two.end();
            boolean arrive = Pause.until(PATIENCE_SECONDS, () -> two.isComplete(two.first(), two.onSecond())) >= 0;
            return List.of(
                    ends + " of " + sent, arrive ? "yes" : "no", prefix.equals("node") ? "does not count" : dropped);
        }
    }

    /** A message takes effect at once, or in a promise. */
    private static boolean survives(Member member) {
        try {
            member.order("count");
            return member.isAlive();
        } catch (IllegalStateException ended) {
            return false;
        }
    }

    private static List<byte[]> messages(Lab lab) {
        List<byte[]> all = new ArrayList<>();
        for (String text : List.of(
                "",
                "{",
                "{}",
                "[]",
                "null",
                "{\"type\":5}",
                "{\"type\":7}",
                "{\"type\":0,\"requestId\":\"x\"}",
                "{\"type\":1}",
                "{\"type\":2}",
                "{\"type\":3,\"opts\":{}}",
                "{\"type\":4,\"opts\":7}",
                "{\"type\":5,\"requestId\":\"x\",\"opts\":null}",
                "{\"type\":6}",
                "{\"type\":6,\"uid\":\"x\",\"data\":[]}",
                "{\"type\":7,\"requestId\":\"x\",\"packet\":null,\"opts\":{}}",
                "{\"type\":8,\"requestId\":\"x\"}",
                "{\"type\":99,\"uid\":1e999}",
                "{\"type\":-1,\"requestid\":\"x\"}",
                "{\"requestid\":\"a\",\"type\":0,\"rooms\":[]}",
                "{\"requestid\":\"b\",\"type\":1,\"sid\":\"x\"}",
                "{\"requestid\":\"c\",\"type\":2}",
                "{\"requestid\":\"d\",\"type\":3,\"sid\":\"x\",\"room\":\"y\"}",
                "{\"requestid\":\"e\",\"type\":4,\"sid\":\"x\",\"room\":\"y\"}",
                "{\"requestid\":\"f\",\"type\":5,\"data\":{}}",
                "{\"requestid\":\"g\",\"type\":6,\"sid\":\"x\",\"close\":true}",
                "[".repeat(200_000))) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        // Broadcasts in msgpack with wrong parts: no packet, no options, rooms that are no list, and bytes that are
        // cut.
        all.add(new byte[] {(byte) 0x93, (byte) 0xa1, 'x', (byte) 0xc0, (byte) 0xc0});
        all.add(new byte[] {(byte) 0x91, (byte) 0xa1, 'x'});
        all.add(new byte[] {
            (byte) 0x93, (byte) 0xa1, 'x', (byte) 0x80, (byte) 0x81, (byte) 0xa5, 'r', 'o', 'o', 'm', 's', 1
        });
        all.add(new byte[] {(byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        Random random = new Random(17);
        for (int i = 0; i < lab.seconds(100, 20); i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        return all;
    }
}
