package io.everwire.core.dispatch;

import io.everwire.AnyHandler;
import io.everwire.Arguments;
import io.everwire.Socket;
import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Brings the events of one socket to its handlers: in its mailbox, or on the event loop if it has none. */
public final class Dispatcher {
    private static final RateLimitedLog anyFailed = new RateLimitedLog(Dispatcher.class);

    private final EventTarget target;

    /** Null if handlers run on the event loop. */
    private final @Nullable Mailbox mailbox;

    /** Created for the first event: many sockets never send one (benchmark idle). Used in the session's turn. */
    private @Nullable EventMiddlewareChain chain;

    /** Created with {@link #chain}. */
    private volatile @Nullable PendingEvents pending;

    private volatile boolean closed;

    /** @param mailbox runs the handlers; null runs them on the event loop */
    public Dispatcher(EventTarget target, @Nullable Mailbox mailbox) {
        this.target = target;
        this.mailbox = mailbox;
    }

    /**
     * Makes the socket visible, then runs {@code first} where handlers run, before every task that the visible socket may cause. Called
     * once, in the session's turn.
     *
     * @param notifies whether {@code first} calls listeners; without them no handler thread is borrowed
     */
    public void start(Runnable makeVisible, boolean notifies, Runnable first) {
        if (mailbox == null) {
            // Tasks that other threads cause run after this turn.
            makeVisible.run();
            first.run();
        } else if (!notifies) {
            makeVisible.run();
        } else {
            mailbox.add(first);
            makeVisible.run();
            mailbox.start();
        }
    }

    /**
     * Runs a task that may block on a handler thread, outside the mailbox. Any thread.
     *
     * @param onLoop runs the task if handlers run on the event loop
     */
    public void runOffLoop(Runnable task, HandlerExecutors threads, Executor onLoop) {
        if (mailbox == null) {
            onLoop.execute(task);
        } else {
            threads.runOnThread(task);
        }
    }

    /** Runs {@code task} where handlers run. Any thread. */
    public void execute(Runnable task) {
        if (mailbox == null) {
            target.runInTurn(task);
        } else {
            mailbox.execute(task);
        }
    }

    /**
     * Runs {@code last} after the events that arrived before, and handles no event after it. Called when the socket is disconnected.
     *
     * @param drops whether to drop queued events
     * @param notifies whether {@code last} calls listeners; without them no handler thread is borrowed
     */
    public void close(boolean drops, boolean notifies, Runnable last) {
        if (drops) {
            drop();
        }
        Runnable end = () -> {
            drop();
            last.run();
        };
        if (notifies || mailbox == null) {
            execute(end);
        } else {
            mailbox.executeHere(end);
        }
    }

    /** Handles an event that arrived. Called in the session's turn. */
    public void receive(InboundEvent event) {
        EventMiddlewareChain known = chain;
        PendingEvents queue = pending;
        if (known == null || queue == null) {
            queue = new PendingEvents(target.input());
            known = new EventMiddlewareChain(target, new EventInvoker(target, this), queue);
            pending = queue;
            chain = known;
        }
        queue.count(event);
        if (mailbox == null) {
            known.enter(event);
        } else {
            queue.add(event);
            mailbox.execute(known);
        }
    }

    /** Handles no further event and frees the queued ones. */
    private void drop() {
        closed = true;
        PendingEvents known = pending;
        if (known != null) {
            known.discard();
        }
    }

    /** Returns whether queued events are still handled. Any thread. */
    boolean open() {
        return !closed;
    }

    /** Calls the listeners of a client without queued bytes. */
    public void notifyDrained() {
        List<Runnable> drain = target.socketListeners().own().drain;
        if (!drain.isEmpty()) {
            execute(() -> drain.forEach(Registrations::guarded));
        }
    }

    /** Calls the handlers of every sent event. Any thread. */
    public void notifySent(Packet packet) {
        boolean event = packet instanceof Packet.Event || packet instanceof Packet.Message;
        if (event && !target.socketListeners().any(true).isEmpty()) {
            execute(() -> notifyAny(true, InboundEvent.of(packet, 0)));
        }
    }

    /** Calls the handlers of every event: of sent events, or of events that arrive. Called where handlers run. */
    void notifyAny(boolean sent, InboundEvent event) {
        List<AnyHandler> handlers = target.socketListeners().any(sent);
        if (handlers.isEmpty()) {
            return;
        }
        Socket socket = target.socket();
        String name = event.name();
        for (AnyHandler handler : handlers) {
            Arguments arguments = event.arguments(target.codec());
            try {
                handler.on(socket, name, arguments);
            } catch (Throwable e) {
                anyFailed.error(e, "a handler of every event failed, called for \"{}\"", name);
            }
        }
    }
}
