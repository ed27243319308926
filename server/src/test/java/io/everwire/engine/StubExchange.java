package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that records the calls of the engine. */
final class StubExchange implements HostExchange {
    final List<String> headers = new ArrayList<>();

    @Nullable
    Response response;

    boolean dropped;
    boolean connected;

    /** The number of calls of {@link #abandoned}. */
    int asked;

    @Nullable
    EngineSession session;

    @Nullable
    EngineSession upgradedTo;

    private final RequestHead head;
    private final EventLoop loop;

    StubExchange(RequestHead head, EventLoop loop) {
        this.head = head;
        this.loop = loop;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void assign(EngineSession owner) {
        session = owner;
    }

    @Override
    public boolean abandoned() {
        asked++;
        return response != null;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void upgrade(EngineSession owner) {
        upgradedTo = owner;
    }

    @Override
    public void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void readBody(int limit) {}

    @Override
    public void reply(Response given) {
        response = given;
    }

    @Override
    public void start(Response beginning) {
        response = beginning;
    }

    @Override
    public void write(Bytes piece) {}

    @Override
    public void finish() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void drop() {
        dropped = true;
    }

    @Override
    public String toString() {
        return head.target();
    }
}
