package io.everwire.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** Creates the loads of the scenarios. */
public final class Loads {
    private static final int PAYLOAD_BYTES = 100;
    private static final int BINARY_BYTES = 1024;

    private Loads() {}

    /**
     * Returns a load with {@code window} messages in flight on each connection; the server answers each with the same
     * event.
     */
    public static Load echo(Clients clients, int port, int connections, int window) {
        Frames frames = Frames.text(i -> "42[\"echo\"," + payload(i) + "]");
        return new EchoLoad(new ClientGroup(clients, port), frames, connections, window, 1);
    }

    /** Returns a load like {@link #echo}, but the server answers with acks. */
    public static Load ack(Clients clients, int port, int connections, int window) {
        Frames frames = Frames.text(i -> "42" + (100 + i) + "[\"ack\"," + payload(i) + "]");
        return new EchoLoad(new ClientGroup(clients, port), frames, connections, window, 1);
    }

    /** Returns a load like {@link #echo}, with 1 kB of binary data. */
    public static Load binary(Clients clients, int port, int connections, int window) {
        byte[] head = "451-[\"bin\",{\"_placeholder\":true,\"num\":0}]".getBytes(StandardCharsets.US_ASCII);
        Frames frames = Frames.of(i -> out -> {
            byte[] data = new byte[BINARY_BYTES];
            new Random(i).nextBytes(data);
            // netty-socketio 2.0.14 never handles data that begins with a byte of 0.
            data[0] |= 1;
            Frames.write(out, Frames.TEXT, head);
            Frames.write(out, Frames.BINARY, data);
        });
        return new EchoLoad(new ClientGroup(clients, port), frames, connections, window, 2);
    }

    /**
     * Returns a load in which one client publishes and the others receive. The receivers use {@code dialects} in
     * turn; the server has {@code rooms} rooms, including the one of the receivers.
     */
    public static Load fanout(Clients clients, int port, int receivers, int inFlight, int rooms, Dialect... dialects) {
        Dialect[] each = new Dialect[receivers];
        Arrays.setAll(each, i -> dialects[i * dialects.length / receivers]);
        Frames frames = Frames.text(i -> "42[\"publish\"," + payload(i) + "]");
        return new FanoutLoad(new ClientGroup(clients, port), frames, each, Dialect.EIO4, inFlight, rooms);
    }

    /** Returns a load like {@link #fanout} in STOMP, with one topic. */
    public static Load stompFanout(Clients clients, int port, int receivers, int inFlight) {
        Dialect[] each = new Dialect[receivers];
        Arrays.fill(each, Dialect.STOMP);
        Frames frames = Frames.text(
                i -> "SEND\ndestination:/app/publish\ncontent-type:application/json\n\n" + payload(i) + "\0");
        return new FanoutLoad(new ClientGroup(clients, port), frames, each, Dialect.STOMP_SENDER, inFlight, 1);
    }

    /** Returns a load of polling clients, each with one message in flight. */
    public static Load polling(Clients clients, int port, Protocol protocol, int connections) {
        PollingDialect dialect = protocol == Protocol.SOCKJS ? new SockJsPolling() : new SocketIoPolling();
        return new PollingLoad(new ClientGroup(clients, port), dialect, "42[\"echo\"," + payload(1) + "]", connections);
    }

    /** Returns a load of clients that connect and disconnect. */
    public static Load connect(Clients clients, int port, boolean pollingFirst, int atOnce) {
        return new ConnectLoad(new ClientGroup(clients, port), pollingFirst, atOnce);
    }

    /** Returns a load of idle connections. */
    public static Load idle(Clients clients, int port, int connections) {
        return new IdleLoad(new ClientGroup(clients, port), connections);
    }

    /** Returns the payload of an event: always 100 bytes, in one form. */
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
