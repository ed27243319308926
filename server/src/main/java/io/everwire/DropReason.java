package io.everwire;

import org.jspecify.annotations.Nullable;

/**
 * The reason why a packet for one client was dropped. Later releases may add constants.
 *
 * @see EmitResult#dropReason
 */
public enum DropReason {
    /** The event is volatile and the client cannot take data now: it has no pending poll, or it reads too slowly. */
    VOLATILE(null, false),
    /** The event is volatile, and a newer one with the same key took its place; see {@link SocketOperator#asVolatile(String)}. */
    REPLACED(null, false),
    /** {@link Overflow#DROP}: more than {@link ServerOptions.Builder#maxQueuedBytes} would be queued for the client. */
    QUEUE_FULL("maxQueuedBytes", false),
    /**
     * {@link Overflow#DROP}: three quarters of {@link LimitOptions.Builder#maxQueuedBytesTotal} are queued for all clients, and this
     * client cannot take data now.
     */
    SERVER_QUEUE_NEARLY_FULL("maxQueuedBytesTotal", false),
    /** More than {@link ServerOptions.Builder#maxQueuedBytes} are on the way to the client's event loop. The client is closed. */
    CLIENT_BEHIND("maxQueuedBytes", true),
    /** {@link LimitOptions.Builder#maxQueuedBytesTotal} are on the way to event loops. The client is closed. */
    SERVER_QUEUE_FULL("maxQueuedBytesTotal", true),
    /** The client is being closed: an earlier packet did not fit, or the server evicted it to free memory. */
    CLOSING(null, true);

    private final @Nullable String option;
    private final boolean closesClient;

    DropReason(@Nullable String option, boolean closesClient) {
        this.option = option;
        this.closesClient = closesClient;
    }

    /** Returns the name of the option that sets the limit, or null if no limit was reached. */
    public @Nullable String option() {
        return option;
    }

    /** Returns whether the client is closed, too ({@link CloseReason#QUEUE_OVERFLOW}, {@link CloseReason#EVICTED}). */
    public boolean closesClient() {
        return closesClient;
    }
}
