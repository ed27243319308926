package io.everwire.benchmarks.micro;

import io.everwire.benchmarks.load.Dialect;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HostExchange;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request without a network, and the event loop of its connection. All tasks run at once, on the calling thread. */
final class Request implements HostExchange, RequestHead, EventLoop {
    private final String target;
    private final boolean upgrade;
    private final Grant grant;

    /** Receives WebSockets. */
    interface Grant {
        /** Called when {@code slot} has a WebSocket. */
        void granted(EngineSession slot, Request request);
    }

    Request(String target, boolean upgrade, Grant grant) {
        this.target = target;
        this.upgrade = upgrade;
        this.grant = grant;
    }

    /** Returns the WebSocket request of a generation. */
    static Request webSocket(Dialect dialect, Grant grant) {
        return new Request(dialect.webSocket(), true, grant);
    }

    @Override
    public RequestHead head() {
        return this;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {}

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public boolean upgrade() {
        return upgrade;
    }

    @Override
    public void header(String name, String value) {}

    @Override
    public void readBody(int limit) {}

    @Override
    public void reply(Response response) {}

    @Override
    public void start(Response beginning) {}

    @Override
    public void write(Bytes piece) {}

    @Override
    public void finish() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void drop() {}

    @Override
    public EventLoop loop() {
        return this;
    }

    @Override
    public boolean abandoned() {
        return false;
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public void assign(EngineSession slot) {}

    @Override
    public void upgrade(EngineSession slot) {
        grant.granted(slot, this);
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Future<?> schedule(Runnable task, long delayMillis) {
        return new CompletableFuture<>();
    }
}
