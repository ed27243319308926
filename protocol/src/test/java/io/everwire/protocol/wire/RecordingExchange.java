package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP request of a test, which records its response. */
public final class RecordingExchange implements Exchange {
    private final RequestHead head;
    private final GenerationHost host;
    private final List<String> headers = new ArrayList<>();
    private @Nullable Bytes body;
    private int limit = -1;
    private boolean bodyTold;
    private boolean gone;
    private boolean dropped;
    private @Nullable Response response;
    /** The output of a stream, written as in a transcript; empty unless the response is a stream. */
    private final List<String> stream = new ArrayList<>();

    private boolean streaming;
    private boolean writable = true;

    RecordingExchange(RequestHead head, @Nullable Bytes body, GenerationHost host) {
        this.head = head;
        this.body = body;
        this.host = host;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void readBody(int limit) {
        if (this.limit >= 0) {
            throw new AssertionError("readBody was called twice: " + head.target());
        }
        this.limit = limit;
        tellBody();
    }

    @Override
    public void reply(Response response) {
        if (!done() && !streaming) {
            this.response = response;
        }
    }

    @Override
    public void start(Response beginning) {
        if (!done() && response == null) {
            response = beginning;
            streaming = true;
            stream.add("stream " + beginning.status());
        }
    }

    @Override
    public void write(Bytes piece) {
        if (streaming && !done()) {
            stream.add('"' + piece.toString() + '"');
        }
    }

    @Override
    public void finish() {
        if (streaming && !done()) {
            streaming = false;
            stream.add("end");
        }
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void drop() {
        if (!done()) {
            dropped = true;
            if (streaming) {
                stream.add("drop");
            }
        }
    }

    /**
     * Returns the output of a stream: {@code stream 200}, quoted pieces, {@code end} or {@code drop}; empty for other
     * responses.
     */
    public List<String> stream() {
        return stream;
    }

    /** Sets whether the peer reads. */
    public void setWritable(boolean writable) {
        this.writable = writable;
    }

    /** Returns the response, or null. */
    public @Nullable Response response() {
        return response;
    }

    /** Returns whether the connection was closed without a byte. */
    public boolean dropped() {
        return dropped;
    }

    /** Returns whether it was answered or dropped, or its peer disconnected. */
    public boolean done() {
        return response != null && !streaming || dropped || gone;
    }

    /** Returns the value of a header of the response, or null. */
    public @Nullable String answered(String name) {
        List<String> all = new ArrayList<>(headers);
        if (response != null) {
            all.addAll(response.headers());
        }
        for (int i = 0; i < all.size(); i += 2) {
            if (all.get(i).equalsIgnoreCase(name)) {
                return all.get(i + 1);
            }
        }
        return null;
    }

    /** Receives the body. */
    void bodyArrived(Bytes body) {
        this.body = body;
        tellBody();
    }

    /** Disconnects the peer. */
    void vanish() {
        if (!done()) {
            gone = true;
            host.gone(this);
        }
    }

    private void tellBody() {
        if (limit < 0 || body == null || bodyTold || gone) {
            return;
        }
        bodyTold = true;
        if (body.length() > limit) {
            host.oversized(this);
        } else {
            host.body(this, body);
        }
    }
}
