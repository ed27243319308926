package io.everwire.engine;

import org.jspecify.annotations.Nullable;

/** Says how a packet is handled if its client cannot take data now. Immutable. */
public final class Delivery {
    /** The packet is queued. A client with too many queued bytes is closed by its session. */
    public static final Delivery RELIABLE = new Delivery(Kind.RELIABLE, null);

    /** The packet is queued if the limits allow it, otherwise dropped. */
    public static final Delivery DROP_ON_OVERFLOW = new Delivery(Kind.DROP_ON_OVERFLOW, null);

    /** The packet is dropped. */
    public static final Delivery VOLATILE = new Delivery(Kind.VOLATILE, null);

    /** The kinds of deliveries. */
    enum Kind {
        RELIABLE,
        DROP_ON_OVERFLOW,
        VOLATILE
    }

    /** The key of volatile packets of one namespace. */
    record Key(String namespace, String name) {}

    private final Kind kind;
    private final @Nullable Key key;

    private Delivery(Kind kind, @Nullable Key key) {
        this.kind = kind;
        this.key = key;
    }

    /**
     * Returns the delivery of a volatile packet that is not dropped at once: the newest one with the same namespace and
     * key is kept until the client can take it.
     */
    public static Delivery latest(String namespace, String key) {
        return new Delivery(Kind.VOLATILE, new Key(namespace, key));
    }

    Kind kind() {
        return kind;
    }

    /** Returns null if the packet replaces no other one. */
    @Nullable
    Key key() {
        return key;
    }

    @Override
    public String toString() {
        return key == null ? kind.toString() : kind + " " + key.name();
    }
}
