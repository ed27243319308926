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
 * A WebSocket between a server and a test: what the server's side writes, and what the client's side is waiting
 * to send.
 */
final class TestLine implements HostLine {
    /** A message in either direction. */
    record Message(boolean text, Bytes bytes) {}

    private static final long DEADLINE_SECONDS = 30;

    private final RequestHead head;
    private final EngineSession slot;
    private final EventLoop home;
    private final List<Message> written = new ArrayList<>();
    private final Deque<Message> unread = new ArrayDeque<>();
    private OptionalInt closeCode = OptionalInt.empty();
    private boolean closed;
    private boolean reading = true;
    private boolean writable = true;

    TestLine(RequestHead head, EngineSession slot, EventLoop home) {
        this.head = head;
        this.slot = slot;
        this.home = home;
    }

    @Override
    public EventLoop eventLoop() {
        return home;
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
        if (!home.inLoop()) {
            throw new AssertionError("reading(" + on + ") was called off its loop");
        }
        synchronized (this) {
            reading = on;
        }
        home.execute(this::deliver);
    }

    // The client's side

    /** The client sends; it waits in the network while the server does not read. */
    void send(Message message) {
        home.execute(() -> {
            synchronized (this) {
                unread.add(message);
            }
            deliver();
        });
    }

    /** The client closes its side; what the server has not read is lost. */
    void closeByClient() {
        home.execute(() -> {
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
        home.execute(slot::writableChanged);
    }

    /** Waits, in real time, for what threads of handlers cause. */
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
        home.execute(() -> slot.lineClosed(this, CloseReason.TRANSPORT_CLOSE));
    }

    private void deliver() {
        for (Message next = next(); next != null; next = next()) {
            if (next.text) {
                slot.text(this, next.bytes);
            } else {
                slot.binary(this, next.bytes);
            }
        }
    }

    private synchronized @Nullable Message next() {
        return reading && !closed ? unread.poll() : null;
    }
}
