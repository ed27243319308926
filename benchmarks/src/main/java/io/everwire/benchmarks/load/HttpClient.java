package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request after the other on a connection that it keeps as long as the server does. As browsers do, it repeats
 * a request on a new connection if the server closes the old one instead of answering; but not on a second new one.
 * netty-socketio announces keep-alive, and closes each connection after its first response. On the event loop.
 */
final class HttpClient {
    private final ClientGroup group;
    private final InetSocketAddress address;
    private final String name;
    private @Nullable HttpPeer peer;
    private @Nullable ByteBuf request;
    private @Nullable Consumer<String> answered;

    /** True until the connection has answered once. */
    private boolean fresh = true;

    /** @param address of {@link Clients#localAddress}: SockJS sessions of Spring have requests of one address only */
    HttpClient(ClientGroup group, InetSocketAddress address, String name) {
        this.group = group;
        this.address = address;
        this.name = name;
    }

    /** Sends a request; {@code listener} receives the body of the response. */
    void ask(ByteBuf asked, Consumer<String> listener) {
        request = asked;
        answered = listener;
        send(asked);
    }

    /** Returns whether a request has no response yet. */
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
            group.clients().connect(group.port(), address, peer, group.failure());
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
            group.ended(name);
        } else if (request != null) {
            send(request);
        }
    }
}
