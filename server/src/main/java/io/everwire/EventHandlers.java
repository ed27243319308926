package io.everwire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The handlers that were added in one place, by the event's name. Names are kept as they stand in an event, JSON strings in
 * UTF-8, so that an incoming name is looked up without being made a String. Any thread may use it.
 */
final class EventHandlers {
    /** Names that mean something else in Socket.IO (the Node server's list). */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Map<Bytes, List<EventHandler>> handlers = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if applications may neither emit nor handle events of this name */
    static String checked(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException("event: \"" + event + "\" is a reserved name, one of " + RESERVED);
        }
        return event;
    }

    Registration add(String event, EventHandler handler) {
        Bytes name = Bytes.of(Json.quote(checked(event)));
        // Another object each time, so that what is added twice is removed one by one.
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

    /** @param name the first element of an event */
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

    /** An event's name as text; a number, which JavaScript takes for a name as well, as it is written. */
    static String text(Bytes name) {
        return name.at(0) == '"' ? Json.text(name.array(), name.offset(), name.end()) : name.toString();
    }

    /** Whether the same name cannot be written in another way. */
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

    private static @org.jspecify.annotations.Nullable List<EventHandler> without(
            List<EventHandler> list, EventHandler removed) {
        List<EventHandler> left =
                list.stream().filter(handler -> handler != removed).toList();
        return left.isEmpty() ? null : left;
    }
}
