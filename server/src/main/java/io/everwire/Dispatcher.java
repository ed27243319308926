package io.everwire;

import io.everwire.protocol.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings what one socket receives to its handlers, on the threads its server's {@link HandlerMode} names. It is the mailbox of the
 * socket as well, which stays empty where handlers run on the event loop (benchmark idle).
 */
final class Dispatcher extends Mailbox {
    private final Socket socket;

    /** There when the first event came. Used in turns of the session. */
    private @Nullable EventMiddlewareChain gate;

    /** Whether what waits is not handled any more. */
    private volatile boolean over;

    Dispatcher(Socket socket, Client client) {
        super(client);
        this.socket = socket;
    }

    /**
     * Makes the socket visible, then runs {@code first} as handlers run: before all that whoever finds the socket may cause.
     * Called once, in a turn of the session.
     */
    void start(Runnable makeVisible, Runnable first) {
        if (onLoop()) {
            // What others cause waits for the end of this turn.
            makeVisible.run();
            first.run();
        } else if (!socket.namespace().hearsConnections()) {
            // Nobody to be told: no thread is borrowed for it.
            makeVisible.run();
        } else {
            add(first);
            makeVisible.run();
            start();
        }
    }

    /** Runs {@code task} as handlers run. Any thread. */
    @Override
    public void execute(Runnable task) {
        if (onLoop()) {
            socket.slot().execute(task);
        } else {
            super.execute(task);
        }
    }

    /**
     * The socket has ended: {@code last} runs after what arrived before. That is handled first, as it would have been had the
     * handlers not been behind, if there is room for what the gone leave.
     *
     * @param drops whether it is not handled in any case
     * @param heard whether {@code last} calls listeners: otherwise it needs no thread of theirs
     */
    void end(boolean drops, boolean heard, Runnable last) {
        OrphanedInputLimit leftovers = socket.client().server().crowd().leftovers();
        int waiting = drops ? 0 : socket.client().inputWaiting();
        over = drops || !leftovers.take(waiting);
        int taken = over ? 0 : waiting;
        Runnable end = () -> {
            over = true;
            leftovers.release(taken);
            last.run();
        };
        if (heard || onLoop()) {
            execute(end);
        } else {
            executeHere(end);
        }
    }

    /** An event or message arrived; called in a turn of the session. */
    void receive(Packet packet) {
        EventMiddlewareChain.Arrival event = EventMiddlewareChain.Arrival.of(packet);
        socket.client().inputWaits(event.size());
        EventMiddlewareChain entered = gate();
        if (onLoop()) {
            entered.enter(event);
        } else {
            execute(() -> entered.enter(event));
        }
    }

    private EventMiddlewareChain gate() {
        EventMiddlewareChain known = gate;
        if (known == null) {
            known = new EventMiddlewareChain(socket, new EventInvoker(socket, this));
            gate = known;
        }
        return known;
    }

    private boolean onLoop() {
        return !socket.server().mailboxes();
    }

    /** Whether what waits is still handled. Any thread. */
    boolean open() {
        return !over;
    }

    /** Tells those who want to hear of every event: of those sent, or of those that arrive. Where handlers run. */
    void tellAny(boolean sent, EventMiddlewareChain.Arrival event) {
        List<AnyHandler> handlers = socket.listeners().any(sent);
        if (!handlers.isEmpty()) {
            NamespaceListeners.tell(handlers, socket, event.name(), () -> event.arguments(socket));
        }
    }
}
