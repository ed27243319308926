package io.everwire.testkit;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HeaderMerger;
import io.everwire.engine.HostExchange;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A request that was sent to a {@link TestServer}, and its response. */
public final class TestExchange {
    private final TestServer server;
    private final TestHead head;
    private final Bytes body;
    private final EventLoop loop;
    private final Port port = new Port();
    private final List<String> headers = new ArrayList<>();
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private @Nullable EngineSession session;
    private boolean passedOn;
    private boolean over;
    private volatile @Nullable TestResponse response;
    private volatile @Nullable TestLine line;

    TestExchange(TestServer server, TestHead head, Bytes body, EventLoop loop) {
        this.server = server;
        this.head = head;
        this.body = body;
        this.loop = loop;
    }

    TestExchange begin() {
        loop.execute(() -> passedOn = !server.server().unwrap(Engine.class).serve(port));
        return this;
    }

    /** Returns whether the request is not the server's, so that a host would pass it on to the application. */
    public boolean passedOn() {
        return passedOn;
    }

    /** Returns whether it has no response yet. */
    public boolean pending() {
        return !passedOn && !over && line == null;
    }

    /** Returns whether it was ended without a response: by the server, or by {@link #cancel}. */
    public boolean dropped() {
        return over && response == null;
    }

    /**
     * Returns the response.
     *
     * @throws AssertionError if there is none
     */
    public TestResponse response() {
        TestResponse given = response;
        if (given == null) {
            String instead = pending() ? "it is pending" : dropped() ? "it was dropped" : "it is not the server's";
            throw new AssertionError(head.method() + " " + head.target() + " has no response: " + instead);
        }
        return given;
    }

    /** Returns the pieces of a streamed response so far. */
    public List<String> pieces() {
        return List.copyOf(pieces);
    }

    /** Closes the connection of the client before the response. */
    public void cancel() {
        loop.execute(() -> {
            if (!over) {
                over = true;
                if (session != null) {
                    session.gone(port);
                }
            }
        });
    }

    /** Returns the first value of a header that was added to any response of this request, or null. */
    @Nullable
    String added(String name) {
        return new TestResponse(0, headers, Bytes.EMPTY).header(name);
    }

    /** Returns the WebSocket that it became, or null. */
    @Nullable
    TestLine line() {
        return line;
    }

    /** The exchange as the engine sees it. */
    private final class Port implements HostExchange {
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
            return over;
        }

        /** Each request has a connection of its own, which ends with the response. */
        @Override
        public boolean connected() {
            return !over;
        }

        @Override
        public void upgrade(EngineSession owner) {
            TestLine granted = new TestLine(head, owner, loop);
            line = granted;
            loop.execute(() -> owner.lineOpened(granted));
        }

        @Override
        public void header(String name, String value) {
            headers.add(name);
            headers.add(value);
        }

        @Override
        public void readBody(int limit) {
            loop.execute(() -> {
                EngineSession owner = session;
                if (over || owner == null) {
                    return;
                }
                if (body.length() > limit) {
                    owner.oversized(this);
                } else {
                    owner.body(this, body);
                }
            });
        }

        @Override
        public void reply(Response answer) {
            if (!over && response == null) {
                over = true;
                response = answer(server.server().unwrap(Engine.class).coded(head, answer));
            }
        }

        private TestResponse answer(Response answer) {
            List<String> all = HeaderMerger.merge(answer.headers(), headers);
            return new TestResponse(answer.status(), all, head.method().equals("HEAD") ? Bytes.EMPTY : answer.body());
        }

        @Override
        public void start(Response beginning) {
            if (!over && response == null) {
                response = answer(beginning);
                write(beginning.body());
            }
        }

        @Override
        public void write(Bytes piece) {
            if (!over && response != null && !piece.isEmpty()) {
                pieces.add(piece.toString());
            }
        }

        @Override
        public void finish() {
            over = over || response != null;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void drop() {
            over = true;
        }
    }
}
