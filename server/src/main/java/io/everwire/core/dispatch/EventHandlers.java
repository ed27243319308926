package io.everwire.core.dispatch;

import io.everwire.EventHandler;
import io.everwire.Registration;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of events by name. Names are kept in the form that they have in an event, a JSON string in UTF-8, so that the name of an
 * event is looked up without creating a String. Any thread may use it.
 */
public final class EventHandlers {
    /** Names that Socket.IO uses itself (socket.io 4.8, RESERVED_EVENTS). */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Map<Bytes, List<EventHandler>> handlers = new ConcurrentHashMap<>();

    /**
     * Returns {@code event}.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static String checked(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException("event: \"" + event + "\" is a reserved name, one of " + RESERVED);
        }
        return event;
    }

    Registration add(String event, EventHandler handler) {
        Bytes name = Bytes.of(Json.quote(checked(event)));
        // Another object each time, so that a handler that was added twice is removed once by each registration.
        EventHandler added = (socket, arguments) -> handler.on(socket, arguments);
        handlers.merge(name, List.of(added), EventHandlers::concat);
        return () -> handlers.computeIfPresent(name, (same, list) -> without(list, added));
    }

    void remove(String event) {
        handlers.remove(Bytes.of(Json.quote(event)));
    }

    void clear() {
        handlers.clear();
    }

    Set<String> names() {
        return handlers.keySet().stream().map(EventHandlers::text).collect(Collectors.toUnmodifiableSet());
    }

    int count(String event) {
        return of(Bytes.of(Json.quote(event))).size();
    }

    /**
     * Returns the handlers of an event, in the order added.
     *
     * @param name the first element of the event
     */
    List<EventHandler> of(Bytes name) {
        if (handlers.isEmpty()) {
            return List.of();
        }
        List<EventHandler> found = handlers.get(name);
        if (found == null && !isPlain(name)) {
            found = handlers.get(Bytes.of(Json.quote(text(name))));
        }
        return found == null ? List.of() : found;
    }

    /** Returns the name of an event as text. JavaScript accepts a number as a name; it is returned as written. */
    static String text(Bytes name) {
        return name.at(0) == '"' ? Json.text(name.array(), name.offset(), name.end()) : name.toString();
    }

    /** Returns whether the name has no escapes: then it is written in one way only. */
    private static boolean isPlain(Bytes name) {
        for (int i = name.offset(); i < name.end(); i++) {
            if (name.array()[i] == '\\') {
                return false;
            }
        }
        return name.at(0) == '"';
    }

    private static List<EventHandler> concat(List<EventHandler> before, List<EventHandler> added) {
        EventHandler[] all = Arrays.copyOf(before.toArray(new EventHandler[0]), before.size() + 1);
        all[before.size()] = added.get(0);
        return List.of(all);
    }

    private static @Nullable List<EventHandler> without(List<EventHandler> list, EventHandler removed) {
        List<EventHandler> left =
                list.stream().filter(handler -> handler != removed).toList();
        return left.isEmpty() ? null : left;
    }
}
