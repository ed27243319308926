package io.everwire.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of one session. Implemented by the server. Called from inside the session's methods; must not
 * call back into the session before they return.
 */
public interface SessionListener {
    /** Receives a packet, complete with its attachments. */
    void packet(Packet packet);

    /**
     * Asks for a call of {@link Session#tick} at {@code time} or soon after it. A session needs one wake-up at a time:
     * the earliest time asked for since the last tick counts. An early or needless tick does no harm.
     */
    void wakeAt(long time);

    /**
     * Reports the name of the transport that reaches the client from now on. Called once when the session starts, and
     * at each upgrade.
     */
    void transport(String name);

    /**
     * Reports that the client passed a limit. The session ends by itself, or continues. Does nothing by default.
     *
     * @param reached null if it passed none: then nothing is done
     * @param effect the effect on the client, without any data of it
     */
    default void limitReached(@Nullable ReachedLimit reached, String effect) {}

    /**
     * Reports that the client has answered a ping of the session. Some answers are not reported: those of clients that
     * sent another packet before, in Engine.IO 4. Does nothing by default.
     *
     * @param millis the time since the ping
     */
    default void heartbeat(long millis) {}

    /** Reports that the session has ended. Called once; no other call follows. */
    void closed(CloseReason reason);
}
