package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/** Says why a packet was dropped. */
public enum DropCause {
    /** The packet is {@link Delivery#VOLATILE} and the client cannot take data now. */
    VOLATILE(null, false),
    /** The packet is volatile, and a newer one with the same key took its place before the client could take it. */
    REPLACED(null, false),
    /**
     * The packet is {@link Delivery#DROP_ON_OVERFLOW}, and with it more than {@code maxQueuedBytes} would be queued.
     */
    QUEUE_FULL("maxQueuedBytes", false),
    /**
     * The packet is {@link Delivery#DROP_ON_OVERFLOW}, the client cannot take data now, and three quarters of
     * {@code maxQueuedBytesTotal} are queued for all clients.
     */
    SERVER_QUEUE_NEARLY_FULL("maxQueuedBytesTotal", false),
    /** More than {@code maxQueuedBytes} would be on the way to the event loop. The client is closed. */
    CLIENT_BEHIND("maxQueuedBytes", true),
    /** More than {@code maxQueuedBytesTotal} would be on the way to the event loops. The client is closed. */
    SERVER_QUEUE_FULL("maxQueuedBytesTotal", true),
    /** The client is being closed already because of its queued bytes, or evicted. */
    CLOSING(null, true);

    private final @Nullable String option;
    private final boolean closesClient;

    DropCause(@Nullable String option, boolean closesClient) {
        this.option = option;
        this.closesClient = closesClient;
    }

    /** Returns the name of the option that sets the limit, or null if no limit was reached. */
    public @Nullable String option() {
        return option;
    }

    /** Returns whether the client is closed as well. */
    public boolean closesClient() {
        return closesClient;
    }
}
