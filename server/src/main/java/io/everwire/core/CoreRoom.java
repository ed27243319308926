package io.everwire.core;

import io.everwire.Namespace;
import io.everwire.Room;
import io.everwire.core.dispatch.RoomTasks;
import java.util.Objects;

/** A room as an executor. */
final class CoreRoom implements Room {
    private final Namespace namespace;
    private final String name;
    private final RoomTasks tasks;

    CoreRoom(Namespace namespace, String name, RoomTasks tasks) {
        this.namespace = namespace;
        this.name = Objects.requireNonNull(name, "the name of a room");
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public void execute(Runnable task) {
        tasks.execute(namespace.name(), name, task);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoreRoom room
                && name.equals(room.name)
                && tasks == room.tasks
                && namespace.name().equals(room.namespace.name());
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespace.name(), name);
    }

    @Override
    public String toString() {
        return "Room[" + name + " of " + namespace.name() + "]";
    }
}
