package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The client's side of a WebSocket to a {@link TestServer}: messages of any generation, which the test writes. */
public final class TestWebSocket {
    private final TestExchange exchange;

    TestWebSocket(TestExchange exchange) {
        this.exchange = exchange;
    }

    /** Returns whether the WebSocket was rejected; {@link #request} has the response. */
    public boolean refused() {
        return exchange.line() == null;
    }

    /** Returns the request that asked for it. */
    public TestExchange request() {
        return exchange;
    }

    /** Returns the first value of a header that was added to the response that accepted the WebSocket, or null. */
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

    /** Returns the text messages received so far. */
    public List<String> received() {
        return line().written().stream()
                .filter(TestLine.Message::text)
                .map(message -> message.bytes().toString())
                .toList();
    }

    /** Returns the binary messages received so far. */
    public List<Bytes> receivedBinary() {
        return line().written().stream()
                .filter(message -> !message.text())
                .map(TestLine.Message::bytes)
                .toList();
    }

    /** Closes it as a client does that loses its network. */
    public void close() {
        line().closeByClient();
    }

    /** Returns whether one of the sides closed it. */
    public boolean closed() {
        return line().closed();
    }

    /** Returns the code that the server closed it with; empty if it has not. */
    public OptionalInt closeCode() {
        return line().closeCode();
    }

    /** Returns whether the server reads the messages sent here; while it does not, they stay queued. */
    public boolean isRead() {
        return line().reading();
    }

    /** Sets whether this side reads fast enough from now on. */
    public void writable(boolean writable) {
        line().writable(writable);
    }

    TestLine line() {
        TestLine line = exchange.line();
        if (line == null) {
            throw new AssertionError("the WebSocket was rejected");
        }
        return line;
    }

    private TestWebSocket send(boolean text, Bytes bytes) {
        line().send(new TestLine.Message(text, bytes));
        return this;
    }
}
