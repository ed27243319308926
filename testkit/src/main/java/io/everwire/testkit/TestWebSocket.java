package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The client's side of a WebSocket to a {@link TestServer}: bytes only, of whatever generation the test speaks. */
public final class TestWebSocket {
    private final TestExchange exchange;

    TestWebSocket(TestExchange exchange) {
        this.exchange = exchange;
    }

    /** Whether the WebSocket was not granted; why, tells {@link #request}. */
    public boolean refused() {
        return exchange.line() == null;
    }

    /** The request that asked for it. */
    public TestExchange request() {
        return exchange;
    }

    /** The first value of a header that the answer granting it had beside those of the handshake, or null. */
    public @Nullable String grantedWith(String name) {
        return exchange.line() == null ? null : exchange.added(name);
    }

    /** Sends a text message. */
    public TestWebSocket send(String text) {
        return send(true, Bytes.utf8(text));
    }

    /** Sends a binary message. */
    public TestWebSocket send(byte[] bytes) {
        return send(false, Bytes.of(bytes.clone()));
    }

    /** The text messages received so far. */
    public List<String> received() {
        return line().written().stream()
                .filter(TestLine.Message::text)
                .map(message -> message.bytes().toString())
                .toList();
    }

    /** The binary messages received so far. */
    public List<Bytes> receivedBinary() {
        return line().written().stream()
                .filter(message -> !message.text())
                .map(TestLine.Message::bytes)
                .toList();
    }

    /** Closes it, as a client does that goes away. */
    public void close() {
        line().closeByClient();
    }

    /** Whether either side closed it. */
    public boolean closed() {
        return line().closed();
    }

    /** The code that the server closed it with; empty while it has not. */
    public OptionalInt closeCode() {
        return line().closeCode();
    }

    /** Whether the server reads what is sent here; while it does not, messages wait. */
    public boolean isRead() {
        return line().reading();
    }

    /** From now on this side reads fast enough, or does not. */
    public void writable(boolean writable) {
        line().writable(writable);
    }

    TestLine line() {
        TestLine line = exchange.line();
        if (line == null) {
            throw new AssertionError("the WebSocket was refused");
        }
        return line;
    }

    private TestWebSocket send(boolean text, Bytes bytes) {
        line().send(new TestLine.Message(text, bytes));
        return this;
    }
}
