package io.everwire.testkit;

import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of a {@link TestServer} in one namespace. When a method returns, the server has handled the packet, and its
 * response was received:
 *
 * <pre>{@code
 * TestServer test = TestServer.create();
 * test.server().on("say", String.class, (socket, text) -> socket.broadcast().emit("said", text));
 *
 * TestClient alice = test.connect();
 * TestClient bob = test.connect();
 * alice.emit("say", "hello");
 *
 * assertThat(bob.received()).containsExactly(TestEvent.of("said", "hello"));
 * assertThat(alice.received()).isEmpty();
 * }</pre>
 */
public final class TestClient {
    private final TestConnection connection;
    private final String namespace;
    /** The number of packets that the connection had received before this client joined. */
    private final int before;

    private long calls;
    private boolean left;

    TestClient(TestConnection connection, String namespace, int before) {
        this.connection = connection;
        this.namespace = namespace;
        this.before = before;
    }

    /** Returns its connection, which may join other namespaces. */
    public TestConnection connection() {
        return connection;
    }

    /** Returns whether it is connected: it has joined and was not disconnected since. */
    public boolean connected() {
        return payload(Packet.Connect.class) != null && closeReason() == null;
    }

    /**
     * Returns the id of its socket.
     *
     * @throws AssertionError if it was not connected
     */
    public String id() {
        Object id = described(Packet.Connect.class).get("sid");
        return String.valueOf(id);
    }

    /**
     * Returns the reason why the server refused it: an object with {@code message} and perhaps {@code data}.
     *
     * @throws AssertionError if the server did not refuse it
     */
    public Map<?, ?> connectError() {
        return described(Packet.ConnectError.class);
    }

    /**
     * Returns the reason why it is disconnected, in the words of the official client: {@code io server disconnect},
     * {@code io client disconnect} or {@code transport close}; null if it is not.
     */
    public @Nullable String closeReason() {
        if (packets().stream().anyMatch(packet -> packet instanceof Packet.Disconnect)) {
            return "io server disconnect";
        }
        return left ? "io client disconnect" : connection.closed() ? "transport close" : null;
    }

    /** Emits an event. */
    public TestClient emit(String event, @Nullable Object... args) {
        emit(Packet.NO_ACK, event, args);
        return this;
    }

    /** Emits an event and asks for an ack. The first call of a client has the ack id 0. */
    public TestCall emitWithAck(String event, @Nullable Object... args) {
        TestCall call = new TestCall(this, calls);
        emit(calls++, event, args);
        return call;
    }

    /** Sends a message. */
    public TestClient send(@Nullable Object message) {
        List<byte[]> attachments = new ArrayList<>();
        Bytes json = Bytes.of(codec().write(message, attachments));
        connection.send(new Packet.Message(namespace, Packet.NO_ACK, json, bytes(attachments)));
        return this;
    }

    /** Sends the ack of an event that asks for one. */
    public TestClient ack(TestEvent event, @Nullable Object... args) {
        List<byte[]> attachments = new ArrayList<>();
        JsonArray data = JsonArray.of(write(args, attachments).toArray(new Bytes[0]));
        connection.send(new Packet.Ack(namespace, event.ackId(), data, bytes(attachments)));
        return this;
    }

    /** Leaves the namespace; the connection stays open. */
    public void disconnect() {
        left = true;
        connection.send(new Packet.Disconnect(namespace));
    }

    /** Returns the events received so far, in order. */
    public List<TestEvent> received() {
        List<TestEvent> events = new ArrayList<>();
        for (Packet packet : packets()) {
            if (packet instanceof Packet.Event event) {
                Bytes name = event.data().element(0);
                events.add(new TestEvent(
                        Json.text(name.array(), name.offset(), name.end()),
                        values(event.data().tail(), event.attachments()),
                        event.ackId()));
            } else if (packet instanceof Packet.Message message) {
                JsonArray args = JsonArray.of(message.data());
                events.add(new TestEvent("message", values(args, message.attachments()), message.ackId()));
            }
        }
        return events;
    }

    /**
     * Waits, in real time, until this number of events was received, for events that handler threads send; returns
     * them.
     */
    public List<TestEvent> await(int events) {
        connection.await(events + " events", () -> received().size() >= events);
        return received();
    }

    /** Returns the acks of one of its calls. */
    List<List<@Nullable Object>> acks(long ackId) {
        List<List<@Nullable Object>> acks = new ArrayList<>();
        for (Packet packet : packets()) {
            if (packet instanceof Packet.Ack ack && ack.ackId() == ackId) {
                acks.add(values(ack.data(), ack.attachments()));
            }
        }
        return acks;
    }

    private void emit(long ackId, String event, @Nullable Object[] args) {
        List<byte[]> attachments = new ArrayList<>();
        List<Bytes> elements = write(args, attachments);
        elements.add(0, Bytes.of(Json.quote(event)));
        JsonArray data = JsonArray.of(elements.toArray(new Bytes[0]));
        connection.send(new Packet.Event(namespace, ackId, data, bytes(attachments)));
    }

    private List<Bytes> write(@Nullable Object[] values, List<byte[]> attachments) {
        List<Bytes> written = new ArrayList<>();
        for (Object value : values) {
            written.add(Bytes.of(codec().write(value, attachments)));
        }
        return written;
    }

    private List<@Nullable Object> values(JsonArray json, List<Bytes> attachments) {
        List<byte[]> binary = attachments.stream().map(Bytes::toByteArray).toList();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            Bytes element = json.element(i);
            values.add(codec().read(element.array(), element.offset(), element.end(), Object.class, binary));
        }
        return values;
    }

    /** Returns the packets that this client received, in its namespace and since it asked to join. */
    private List<Packet> packets() {
        return connection.packets().stream()
                .skip(before)
                .filter(packet -> packet.namespace().equals(namespace))
                .toList();
    }

    private @Nullable Bytes payload(Class<? extends Packet> type) {
        for (Packet packet : packets()) {
            if (type.isInstance(packet)) {
                return packet instanceof Packet.Connect connect
                        ? connect.payload()
                        : ((Packet.ConnectError) packet).payload();
            }
        }
        return null;
    }

    private Map<?, ?> described(Class<? extends Packet> type) {
        Bytes payload = payload(type);
        if (payload == null) {
            throw new AssertionError("no " + type.getSimpleName() + " for " + namespace + " among " + packets());
        }
        Object value = codec().read(payload.array(), payload.offset(), payload.end(), Map.class, List.of());
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private JsonCodec codec() {
        return connection.codec();
    }

    private static List<Bytes> bytes(List<byte[]> attachments) {
        return attachments.stream().map(Bytes::of).toList();
    }
}
