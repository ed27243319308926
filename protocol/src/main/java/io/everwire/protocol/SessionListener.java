package io.everwire.protocol;

/** What a session reports to the server. Called from inside the session's methods; must not call back into it at once. */
public interface SessionListener {
    /** A packet arrived, complete with its attachments. */
    void packet(Packet packet);

    /**
     * The session wants {@link Session#tick} at {@code time} or soon after it. A session needs one wake-up at a time: the
     * earliest time asked for since the last tick holds, and a tick that comes early or needlessly does no harm.
     */
    void wakeAt(long time);

    /** The client is reached by this transport from now on: told once when the session starts, and at each upgrade. */
    void transport(String name);

    /** The session has ended. Told once, and last. */
    void closed(CloseReason reason);
}
