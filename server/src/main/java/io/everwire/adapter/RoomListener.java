package io.everwire.adapter;

/**
 * Hears how the rooms of one namespace come and go on this server, the room of each socket among them. It is told on the thread that
 * causes it, of one room in the right order, while that room is locked: it must not block nor use rooms, but hand over what
 * takes longer.
 */
public interface RoomListener {
    /** Hears nothing. */
    RoomListener NONE = new RoomListener() {};

    /** A room has its first socket, of which {@link #joined} is told next. */
    default void created(String room) {}

    /** A socket is in a room. */
    default void joined(String room, String socketId) {}

    /** A socket is not in a room any more. */
    default void left(String room, String socketId) {}

    /** Nobody is in a room any more. */
    default void deleted(String room) {}
}
