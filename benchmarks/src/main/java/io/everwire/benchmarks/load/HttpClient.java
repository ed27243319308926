package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one request after the other, over a connection that it keeps as long as the server does. As browsers do, it asks again over
 * a new one if the server ends it instead of answering, but not if it was new: netty-socketio says that it keeps connections, and
 * ends each after its first answer. Used on the loop.
 */
final class HttpClient {
    private final Crowd crowd;
    private final String name;
    private @Nullable HttpPeer peer;
    private @Nullable ByteBuf request;
    private @Nullable Consumer<String> answered;

    /** Whether the connection has answered nothing yet. */
    private boolean fresh = true;

    HttpClient(Crowd crowd, String name) {
        this.crowd = crowd;
        this.name = name;
    }

    /** Sends a request; {@code told} is given the body of its answer. */
    void ask(ByteBuf asked, Consumer<String> told) {
        request = asked;
        answered = told;
        send(asked);
    }

    /** Whether an answer is awaited. */
    boolean busy() {
        return request != null;
    }

    void close() {
        if (peer != null) {
            peer.close();
        }
    }

    private void send(ByteBuf asked) {
        if (peer == null) {
            fresh = true;
            peer = new HttpPeer(this::ended);
            crowd.clients().connect(crowd.port(), peer, crowd.failure());
        }
        peer.ask(asked.retainedDuplicate(), this::answer);
    }

    private void answer(String body) {
        fresh = false;
        Objects.requireNonNull(request).release();
        request = null;
        Objects.requireNonNull(answered).accept(body);
    }

    private void ended() {
        peer = null;
        if (request != null && fresh) {
            crowd.ended(name);
        } else if (request != null) {
            send(request);
        }
    }
}
