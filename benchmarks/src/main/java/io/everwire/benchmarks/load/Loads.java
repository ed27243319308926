package io.everwire.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** The loads that scenarios are made of. */
public final class Loads {
    private static final int PAYLOAD_BYTES = 100;
    private static final int BINARY_BYTES = 1024;

    private Loads() {}

    /** {@code window} messages under way on each connection, each answered by the same event. */
    public static Load echo(Clients clients, int port, int connections, int window) {
        Frames frames = Frames.text(i -> "42[\"echo\"," + payload(i) + "]");
        return new EchoLoad(new Crowd(clients, port), frames, connections, window, 1);
    }

    /** As echo, but answered by acks. */
    public static Load ack(Clients clients, int port, int connections, int window) {
        Frames frames = Frames.text(i -> "42" + (100 + i) + "[\"ack\"," + payload(i) + "]");
        return new EchoLoad(new Crowd(clients, port), frames, connections, window, 1);
    }

    /** As echo, with 1 kB of binary data. */
    public static Load binary(Clients clients, int port, int connections, int window) {
        byte[] head = "451-[\"bin\",{\"_placeholder\":true,\"num\":0}]".getBytes(StandardCharsets.US_ASCII);
        Frames frames = Frames.of(i -> out -> {
            byte[] data = new byte[BINARY_BYTES];
            new Random(i).nextBytes(data);
            // netty-socketio 2.0.14 never handles what begins with a byte of 0.
            data[0] |= 1;
            Frames.write(out, Frames.TEXT, head);
            Frames.write(out, Frames.BINARY, data);
        });
        return new EchoLoad(new Crowd(clients, port), frames, connections, window, 2);
    }

    /** One publishes, the others receive; {@code dialects} take turns. {@code rooms} are on the server, with the one they are in. */
    public static Load fanout(Clients clients, int port, int receivers, int inFlight, int rooms, Dialect... dialects) {
        Dialect[] each = new Dialect[receivers];
        Arrays.setAll(each, i -> dialects[i * dialects.length / receivers]);
        Frames frames = Frames.text(i -> "42[\"publish\"," + payload(i) + "]");
        return new FanoutLoad(new Crowd(clients, port), frames, each, inFlight, rooms);
    }

    /** One message under way for each client, that polls. */
    public static Load polling(Clients clients, int port, int connections) {
        return new PollingLoad(new Crowd(clients, port), "42[\"echo\"," + payload(1) + "]", connections);
    }

    /** Connections that come and go. */
    public static Load connect(Clients clients, int port, boolean pollingFirst, int atOnce) {
        return new ConnectLoad(new Crowd(clients, port), pollingFirst, atOnce);
    }

    /** Connections that stay and say nothing. */
    public static Load idle(Clients clients, int port, int connections) {
        return new IdleLoad(new Crowd(clients, port), connections);
    }

    /** What every event carries: always 100 bytes, and always written the same way. */
    static String payload(int i) {
        String start = String.format(
                Locale.ROOT,
                "{\"id\":%d,\"user\":\"user-%d\",\"x\":%d.25,\"y\":%d.5,\"moving\":true,\"text\":\"",
                1000 + i,
                100 + i,
                200 + i,
                500 + i);
        return start + "x".repeat(PAYLOAD_BYTES - start.length() - 2) + "\"}";
    }
}
