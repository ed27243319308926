package io.everwire.adapter;

/**
 * Is called when the rooms of one namespace change on this server. The room of each socket's id is one of them.
 *
 * <p>The methods are called on the thread that changes the room, in the order of the changes of one room, while this
 * room is locked. So they must not block and not use rooms; longer work belongs on another thread.
 */
public interface RoomListener {
    /** Does nothing. */
    RoomListener NONE = new RoomListener() {};

    /** Called when a room is about to get its first socket; {@link #joined} follows. */
    default void created(String room) {}

    /** Called when a socket joined a room. */
    default void joined(String room, String socketId) {}

    /** Called when a socket left a room. */
    default void left(String room, String socketId) {}

    /** Called when the last socket has left a room. */
    default void deleted(String room) {}
}
