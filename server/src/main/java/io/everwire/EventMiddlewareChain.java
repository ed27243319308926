package io.everwire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The events of one socket on the way to its handlers, one at a time and in order: while one is held by middleware that
 * decides later, the others wait. Called where the socket's handlers run.
 */
final class EventMiddlewareChain {
    /** An event that arrived; {@code size} is what it counts for until it is handled. */
    record Arrival(JsonArray data, long ackId, List<Bytes> attachments, int size) {
        private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

        /** What a packet costs beside its bytes, so that many small ones count as well. */
        private static final int OVERHEAD = 128;

        static Arrival of(Packet packet) {
            if (packet instanceof Packet.Message message) {
                JsonArray data = JsonArray.of(MESSAGE, message.data());
                return new Arrival(data, message.ackId(), message.attachments(), size(data, message.attachments()));
            }
            Packet.Event event = (Packet.Event) packet;
            return new Arrival(
                    event.data(), event.ackId(), event.attachments(), size(event.data(), event.attachments()));
        }

        /** The event's name. */
        String name() {
            return EventHandlers.text(data.element(0));
        }

        Arguments arguments(Socket socket) {
            return new Arguments(data, 1, attachments, socket.outgoing().codec());
        }

        private static int size(JsonArray data, List<Bytes> attachments) {
            int size = OVERHEAD + data.json().length();
            for (Bytes attachment : attachments) {
                size += attachment.length();
            }
            return size;
        }
    }

    /** Where events go that came through, and those that did not. */
    interface Beyond {
        /** Whether it is worth going on. */
        boolean open();

        /** It begins its way. */
        void arrived(Arrival event);

        void passed(Arrival event);

        void refused(Arrival event, Throwable failure);

        /** Told once of each event: it counts no more. */
        void left(Arrival event);

        /** Runs {@code task} as handlers run. */
        void execute(Runnable task);
    }

    private final Socket socket;
    private final Beyond beyond;
    private final Deque<Arrival> waiting = new ArrayDeque<>(0);
    private boolean held;

    EventMiddlewareChain(Socket socket, Beyond beyond) {
        this.socket = socket;
        this.beyond = beyond;
    }

    void enter(Arrival event) {
        if (held) {
            waiting.add(event);
        } else {
            begin(event);
        }
    }

    private void begin(Arrival event) {
        if (beyond.open()) {
            beyond.arrived(event);
        }
        take(event, socket.listeners().own().middleware.iterator());
    }

    private void take(Arrival event, Iterator<EventMiddleware.Async> left) {
        boolean stays = false;
        try {
            stays = beyond.open() && isHeld(event, left);
        } finally {
            held = stays;
            if (!stays) {
                beyond.left(event);
            }
        }
    }

    private boolean isHeld(Arrival event, Iterator<EventMiddleware.Async> left) {
        while (left.hasNext()) {
            CompletionStage<?> stage;
            try {
                Arguments arguments = event.arguments(socket);
                stage = Objects.requireNonNull(
                        left.next().on(socket, event.name(), arguments), "middleware returned no stage");
            } catch (Throwable e) {
                beyond.refused(event, e);
                return false;
            }
            if (stage != NamespaceListeners.PASSED) {
                stage.whenComplete((done, failure) -> beyond.execute(() -> goOn(event, left, failure)));
                return true;
            }
        }
        beyond.passed(event);
        return false;
    }

    private void goOn(Arrival event, Iterator<EventMiddleware.Async> left, @Nullable Throwable failure) {
        held = false;
        if (failure == null) {
            take(event, left);
        } else {
            try {
                beyond.refused(event, NamespaceConnect.cause(failure));
            } finally {
                beyond.left(event);
            }
        }
        for (Arrival next = held ? null : waiting.poll(); next != null; next = held ? null : waiting.poll()) {
            begin(next);
        }
    }
}
