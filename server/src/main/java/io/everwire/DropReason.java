package io.everwire;

/**
 * The reason why a packet for one client was dropped. Later releases may add constants.
 *
 * @see EmitResult#dropReason
 */
public enum DropReason {
    /** The event is volatile and the client cannot take data now: it has no pending poll, or it reads too slowly. */
    VOLATILE("asVolatile", false),
    /** {@link Overflow#DROP}: more than {@link ServerOptions.Builder#maxQueuedBytes} would be queued for the client. */
    QUEUE_FULL("maxQueuedBytes", false),
    /**
     * {@link Overflow#DROP}: three quarters of {@link LimitOptions.Builder#maxQueuedBytesTotal} are queued for all clients, and this
     * client cannot take data now.
     */
    SERVER_QUEUE_NEARLY_FULL("maxQueuedBytesTotal", false),
    /**
     * More than {@link ServerOptions.Builder#maxQueuedBytes} are on the way to the client's event loop, which is behind. The client is
     * closed, unless the packet may be dropped.
     */
    CLIENT_BEHIND("maxQueuedBytes", true),
    /**
     * {@link LimitOptions.Builder#maxQueuedBytesTotal} are on the way to event loops. The client is closed, unless the packet may be
     * dropped.
     */
    SERVER_QUEUE_FULL("maxQueuedBytesTotal", true),
    /** The client is being closed: an earlier packet did not fit, or the server evicted it to free memory. */
    CLOSING("maxQueuedBytesTotal", true);

    private final String option;
    private final boolean closesClient;

    DropReason(String option, boolean closesClient) {
        this.option = option;
        this.closesClient = closesClient;
    }

    /** Returns the name of the option that sets the limit, or {@code asVolatile}. */
    public String option() {
        return option;
    }

    /** Returns whether a reliable packet that is dropped for this reason closes the client ({@link CloseReason#TRANSPORT_ERROR}). */
    public boolean closesClient() {
        return closesClient;
    }
}
