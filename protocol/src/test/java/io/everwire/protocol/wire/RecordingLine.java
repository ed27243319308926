package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket of a test, which records its messages as in a transcript, but without the escapes of quotes. */
public final class RecordingLine implements WebSocketLine {
    private final RequestHead head;
    private final @Nullable GenerationHost host;
    private final List<String> sent = new ArrayList<>();
    private final List<SendOptions> options = new ArrayList<>();
    private boolean closed;
    private boolean writable = true;

    /**
     * Creates an open WebSocket.
     *
     * @param host notified when it closes, unless null
     */
    RecordingLine(RequestHead head, @Nullable GenerationHost host) {
        this.head = head;
        this.host = host;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        if (!closed) {
            sent.add('"' + message.toString() + '"');
            this.options.add(options);
        }
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        if (!closed) {
            sent.add(hex(message));
            this.options.add(options);
        }
    }

    @Override
    public void close(int code) {
        if (!closed) {
            sent.add("close " + code);
            closed = true;
            tellClosed(CloseReason.TRANSPORT_CLOSE);
        }
    }

    @Override
    public boolean writable() {
        return writable;
    }

    /** Sets whether the peer reads fast enough. */
    public void writable(boolean writable) {
        this.writable = writable;
    }

    /** Returns the messages sent so far: {@code "text"}, {@code <hex>}, {@code close 1005}. */
    public List<String> sent() {
        return sent;
    }

    /** Returns the options of each message sent so far. */
    public List<SendOptions> options() {
        return options;
    }

    /** Returns whether either side closed it. */
    public boolean closed() {
        return closed;
    }

    /** Closes it from the peer's side, or breaks the connection. */
    void closedByPeer(CloseReason reason) {
        if (!closed) {
            closed = true;
            tellClosed(reason);
        }
    }

    private void tellClosed(CloseReason reason) {
        if (host != null) {
            host.lineClosed(this, reason);
        }
    }

    static String hex(Bytes bytes) {
        return '<' + HexFormat.of().formatHex(bytes.array(), bytes.offset(), bytes.end()) + '>';
    }
}
