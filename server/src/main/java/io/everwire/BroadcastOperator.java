package io.everwire;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.protocol.Packet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses sockets of a namespace and sends to them. Immutable: each choice returns another operator, which may be kept and
 * shared. Without a room it means every socket; with several, each socket in any of them, once.
 */
public final class BroadcastOperator {
    /** One, or all of a family at the moment of asking. */
    private final Supplier<? extends Collection<Namespace>> namespaces;

    private final BroadcastOptions options;

    private BroadcastOperator(Supplier<? extends Collection<Namespace>> namespaces, BroadcastOptions options) {
        this.namespaces = namespaces;
        this.options = options;
    }

    static BroadcastOperator everybody(Supplier<? extends Collection<Namespace>> namespaces) {
        return new BroadcastOperator(namespaces, BroadcastOptions.EVERYBODY);
    }

    /** Those in these rooms as well. A socket's id is a room with this one socket. */
    public BroadcastOperator to(String... rooms) {
        return new BroadcastOperator(namespaces, new BroadcastOptions(union(options.rooms(), rooms), options.except()));
    }

    /** The same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** But nobody who is in one of these rooms. */
    public BroadcastOperator except(String... rooms) {
        return new BroadcastOperator(namespaces, new BroadcastOptions(options.rooms(), union(options.except(), rooms)));
    }

    /**
     * Sends an event. What becomes JSON is written once, and what is sent once for each wire generation.
     *
     * @throws IllegalArgumentException if the name is reserved
     * @throws io.everwire.json.JsonException if an argument cannot be written as JSON
     */
    public void emit(String event, @Nullable Object... args) {
        for (Namespace namespace : namespaces.get()) {
            broadcast(namespace, namespace.outgoing().event(namespace.name(), Packet.NO_ACK, event, args));
        }
    }

    /** Sends a message: the event {@code message} to those who know events, a plain message to the others. */
    public void send(@Nullable Object message) {
        for (Namespace namespace : namespaces.get()) {
            broadcast(namespace, namespace.outgoing().message(namespace.name(), message));
        }
    }

    /** Has the sockets of this server join rooms. */
    public void socketsJoin(String... rooms) {
        sockets().forEach(socket -> socket.join(rooms));
    }

    /** Has the sockets of this server leave rooms. */
    public void socketsLeave(String... rooms) {
        for (String room : rooms) {
            sockets().forEach(socket -> socket.leave(room));
        }
    }

    /** Disconnects the sockets of this server from the namespace. */
    public void disconnectSockets() {
        sockets().forEach(Socket::disconnect);
    }

    /** The sockets of this server that are chosen; a snapshot. */
    public Collection<Socket> sockets() {
        return namespaces.get().stream()
                .flatMap(namespace -> namespace.adapter().select(options).stream())
                .map(Socket.class::cast)
                .collect(Collectors.toList());
    }

    private void broadcast(Namespace namespace, Packet packet) {
        namespace.adapter().broadcast(packet, options);
    }

    private static Set<String> union(Set<String> before, String[] added) {
        Set<String> union = new HashSet<>(before);
        Collections.addAll(union, added);
        return union;
    }
}
