package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Socket;
import io.socket.client.IO;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client in a room that loses its connection, stalls and returns. Called by one thread, but for the methods that say
 * otherwise.
 */
abstract class RoomMember {
    private static final int LIMIT_SECONDS = 120;

    final String name;
    private final Semaphore joins = new Semaphore(0);
    private volatile Socket socket;

    /** True if this client is expected to receive the events that are sent. */
    private volatile boolean reading;

    /** The last number that this client may have missed because it joined later. */
    private volatile int before = -1;

    /** The greatest number that this client has answered. */
    private volatile int answered = -1;

    RoomMember(String name) {
        this.name = name;
    }

    /** Connects, and returns once the server has this client in the room. */
    final void connect() {
        open();
        acquire(joins, "is in the room");
        reading = true;
    }

    /** Waits for an event of this client. */
    final void acquire(Semaphore events, String event) {
        try {
            assertThat(events.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as(name + " " + event)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Has this client stop reading, in a way that returns whether it can; returns the same. */
    final boolean stop(Predicate<RoomMember> way) {
        reading = false;
        boolean stopped = way.test(this);
        reading = !stopped;
        return stopped;
    }

    final void readAgain() {
        resume();
        reading = true;
    }

    /** Called by the server's handler when this client is in the room. */
    final void joined(Socket at, int last) {
        socket = at;
        before = last;
        joins.release();
    }

    /** Called by the server's handlers with the number of an event that this client has received. */
    final void answered(int number) {
        answered = Math.max(answered, number);
    }

    /** Returns the number of events that are on the way to this client if {@code last} was sent; any thread. */
    final int onTheWay(int last) {
        return reading ? last - Math.max(before, arrived()) : 0;
    }

    /** Returns the greatest number that is known to have arrived; any thread. */
    int arrived() {
        return answered;
    }

    /** Connects for the first time, or returns. */
    abstract void open();

    /** Loses the connection; returns whether this client can do so by itself. */
    abstract boolean lose();

    /** Has the server close the connection; returns true. */
    final boolean kick() {
        socket.disconnect(true);
        awaitEnd();
        return true;
    }

    /** Stops reading; returns whether this client can. */
    boolean stall() {
        return false;
    }

    /** Reads again. */
    void resume() {}

    /** Returns once the client has noticed the end of its connection. */
    void awaitEnd() {}

    /** Returns the number of the last event; −1 if there was none. */
    abstract int last();

    abstract int received();

    abstract List<String> faults();

    void close() {}

    @Override
    public String toString() {
        return name;
    }

    /** An official client in Node. */
    static final class Node extends RoomMember {
        private final Agent agent;
        private final String url;
        private final String version;
        private final Map<String, Object> options;
        private boolean opened;

        /** @param version the suffix of its package; empty for the newest */
        Node(Agent agent, String name, String url, String version, Map<String, Object> options) {
            super(name);
            this.agent = agent;
            this.url = url;
            this.version = version;
            this.options = options;
        }

        private boolean isBefore1() {
            return version.startsWith("0.");
        }

        private boolean isBefore3() {
            return version.startsWith("1.") || version.startsWith("2.");
        }

        /** Clients before 3.0 are new clients when they return: not all of them can connect a second time. */
        @Override
        void open() {
            if (isBefore1()) {
                agent.order("open09", name, "url", url, "transports", options.get("transports"));
                agent.order("follow", name);
            } else if (isBefore3()) {
                agent.order("openBefore3", name, "version", version, "url", url, "options", options);
                agent.order("follow", name);
            } else if (opened) {
                agent.order("reopen", name);
            } else {
                if (version.isEmpty()) {
                    agent.order("open", name, "url", url, "options", options);
                } else {
                    agent.order("open", name, "version", version, "url", url, "options", options);
                }
                agent.order("follow", name);
            }
            opened = true;
            agent.inbox(name).take("connect");
        }

        @Override
        boolean lose() {
            if (!isBefore1()) {
                agent.order("lose", name);
                awaitEnd();
            }
            return !isBefore1();
        }

        /** Shows a disconnection that the test did not cause. */
        @Override
        public String toString() {
            return agent.inbox(name).isEmptyOf("disconnect") ? name : name + " (disconnected)";
        }

        @Override
        void awaitEnd() {
            agent.inbox(name).take("disconnect");
            if (!isBefore1()) {
                agent.order("closed", name);
            }
        }

        @Override
        boolean stall() {
            boolean can =
                    !isBefore1() && agent.order("transport", name).asString().equals("websocket");
            if (can) {
                agent.order("hold", name);
            }
            return can;
        }

        @Override
        void resume() {
            agent.order("resume", name);
        }

        private JsonNode ledger() {
            return agent.order("followed", name);
        }

        @Override
        int last() {
            return ledger().get("last").asInt();
        }

        @Override
        int received() {
            return ledger().get("received").asInt();
        }

        @Override
        List<String> faults() {
            return ledger().get("faults").valueStream().map(JsonNode::asString).toList();
        }
    }

    /** A client in this process. */
    private abstract static class Local extends RoomMember {
        final RoomLedger ledger = new RoomLedger();

        Local(String name) {
            super(name);
        }

        @Override
        int last() {
            return ledger.last();
        }

        @Override
        int arrived() {
            return ledger.last();
        }

        @Override
        int received() {
            return ledger.received();
        }

        @Override
        List<String> faults() {
            return ledger.faults();
        }
    }

    /** The official Java client. */
    static final class Java extends Local {
        private final io.socket.client.Socket client;
        private final Semaphore ends = new Semaphore(0);

        Java(String name, String url, String transport) {
            super(name);
            IO.Options options = IO.Options.builder()
                    .setTransports(new String[] {transport})
                    .setForceNew(true)
                    .setReconnection(false)
                    .build();
            client = IO.socket(URI.create(url), options);
            client.on(io.socket.client.Socket.EVENT_CONNECT, args -> ledger.connected());
            client.on(io.socket.client.Socket.EVENT_DISCONNECT, args -> ends.release());
            client.on(MixedRoomTest.ROOM, args -> ledger.received((Integer) args[0], (String) args[1]));
        }

        @Override
        void open() {
            client.connect();
        }

        @Override
        boolean lose() {
            return false;
        }

        @Override
        void awaitEnd() {
            acquire(ends, "is disconnected");
        }

        @Override
        void close() {
            client.close();
        }
    }

    /** A 0.6 client on the JDK's WebSocket. */
    static final class Raw extends Local implements WebSocket.Listener {
        private static final JsonMapper JSON = new JsonMapper();

        private final HttpClient http = HttpClient.newHttpClient();
        private final URI uri;
        private final StringBuilder text = new StringBuilder();
        private volatile WebSocket line;
        private volatile boolean stalled;

        Raw(String name, int port) {
            super(name);
            uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/websocket?name=" + name);
        }

        @Override
        void open() {
            stalled = false;
            http.newWebSocketBuilder()
                    .buildAsync(uri, this)
                    .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public void onOpen(WebSocket opened) {
            line = opened;
            text.setLength(0);
            ledger.connected();
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (from != line) {
                return null;
            }
            text.append(data);
            if (last) {
                frames(from, text.toString());
                text.setLength(0);
            }
            if (!stalled) {
                from.request(1);
            }
            return null;
        }

        /** Reads packets of the form {@code ~m~5~m~hello}. */
        private void frames(WebSocket from, String message) {
            int at = 0;
            while (at < message.length() && from == line) {
                int middle = message.indexOf("~m~", at + 3);
                int end =
                        message.offsetByCodePoints(middle + 3, 0) + Integer.parseInt(message.substring(at + 3, middle));
                String packet = message.substring(middle + 3, end);
                if (packet.startsWith("~h~")) {
                    from.sendText("~m~" + packet.length() + "~m~" + packet, true);
                } else if (packet.startsWith("~j~")) {
                    JsonNode event = JSON.readTree(packet.substring(3));
                    if (event.path("name").asString().equals(MixedRoomTest.ROOM)) {
                        JsonNode args = event.get("args");
                        ledger.received(args.get(0).asInt(), args.get(1).asString());
                    }
                }
                at = end;
            }
        }

        @Override
        boolean lose() {
            line.abort();
            return true;
        }

        @Override
        boolean stall() {
            stalled = true;
            return true;
        }

        @Override
        void resume() {
            stalled = false;
            line.request(1);
        }

        @Override
        void close() {
            line.abort();
        }
    }
}
