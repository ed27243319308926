package io.everwire.testkit;

import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HostLine;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between a server and a test: the messages that the server wrote, and the messages of the client that the
 * server has not read.
 */
final class TestLine implements HostLine {
    /** A message in one of the directions. */
    record Message(boolean text, Bytes bytes) {}

    private static final long DEADLINE_SECONDS = 30;

    private final RequestHead head;
    private final EngineSession session;
    private final EventLoop eventLoop;
    private final List<Message> written = new ArrayList<>();
    private final Deque<Message> unread = new ArrayDeque<>();
    private OptionalInt closeCode = OptionalInt.empty();
    private boolean closed;
    private boolean reading = true;
    private boolean writable = true;

    TestLine(RequestHead head, EngineSession session, EventLoop eventLoop) {
        this.head = head;
        this.session = session;
        this.eventLoop = eventLoop;
    }

    @Override
    public EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        write(new Message(true, message));
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        write(new Message(false, message));
    }

    @Override
    public synchronized void close(int code) {
        if (!closed) {
            closeCode = OptionalInt.of(code);
            end();
        }
    }

    @Override
    public synchronized boolean writable() {
        return writable;
    }

    @Override
    public void reading(boolean on) {
        if (!eventLoop.inLoop()) {
            throw new AssertionError("reading(" + on + ") was called off the event loop");
        }
        synchronized (this) {
            reading = on;
        }
        eventLoop.execute(this::deliver);
    }

    // Called by the client

    /** Sends a message. It stays queued while the server does not read. */
    void send(Message message) {
        eventLoop.execute(() -> {
            synchronized (this) {
                unread.add(message);
            }
            deliver();
        });
    }

    /** Closes the side of the client; messages that the server has not read are lost. */
    void closeByClient() {
        eventLoop.execute(() -> {
            synchronized (this) {
                if (!closed) {
                    end();
                }
            }
        });
    }

    synchronized List<Message> written() {
        return List.copyOf(written);
    }

    synchronized boolean closed() {
        return closed;
    }

    synchronized OptionalInt closeCode() {
        return closeCode;
    }

    synchronized boolean reading() {
        return reading;
    }

    void writable(boolean fast) {
        synchronized (this) {
            writable = fast;
        }
        eventLoop.execute(session::writableChanged);
    }

    /** Waits, in real time, for the results of handler threads. */
    synchronized void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not within " + DEADLINE_SECONDS + " s: " + what);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
        }
    }

    private synchronized void write(Message message) {
        if (!closed) {
            written.add(message);
            notifyAll();
        }
    }

    private void end() {
        closed = true;
        unread.clear();
        notifyAll();
        eventLoop.execute(() -> session.lineClosed(this, CloseReason.TRANSPORT_CLOSE));
    }

    private void deliver() {
        for (Message next = next(); next != null; next = next()) {
            if (next.text) {
                session.text(this, next.bytes);
            } else {
                session.binary(this, next.bytes);
            }
        }
    }

    private synchronized @Nullable Message next() {
        return reading && !closed ? unread.poll() : null;
    }
}
