package io.everwire;

/**
 * Options of the compression of WebSocket messages ({@code permessage-deflate}, RFC 7692), for clients that support it; see {@link
 * ServerOptions.Builder#perMessageDeflate}. Immutable.
 */
public final class DeflateOptions {
    /** The defaults. */
    public static final DeflateOptions DEFAULTS = builder().build();

    private final Builder values;

    private DeflateOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#threshold}. */
    public int threshold() {
        return values.threshold;
    }

    /** Returns {@link Builder#contextTakeover}. */
    public boolean contextTakeover() {
        return values.contextTakeover;
    }

    /** Returns {@link Builder#level}. */
    public int level() {
        return values.level;
    }

    @Override
    public String toString() {
        return "DeflateOptions[threshold=" + values.threshold + ", contextTakeover=" + values.contextTakeover
                + ", level=" + values.level + "]";
    }

    /**
     * Builds options. Every method returns this builder and throws {@link IllegalArgumentException} if a value is out of range. Not
     * thread-safe.
     */
    public static final class Builder {
        private int threshold = 1024;
        private boolean contextTakeover;
        private int level = 1;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.threshold = threshold;
            copy.contextTakeover = contextTakeover;
            copy.level = level;
            return copy;
        }

        /**
         * Sets the size from which messages are compressed, in bytes, unless they are sent with {@code compress(false)}. 0 to
         * 2<sup>30</sup>; default 1024, as the Node server: smaller messages gain little.
         */
        public Builder threshold(int bytes) {
            threshold = Preconditions.range("perMessageDeflate threshold", bytes, 0, 1 << 30);
            return this;
        }

        /**
         * Sets whether both sides keep the compression context from message to message. Default false: it makes repetitive messages
         * smaller, but each connection needs about 300 KB.
         */
        public Builder contextTakeover(boolean takeover) {
            contextTakeover = takeover;
            return this;
        }

        /** Sets the compression level. 1 to 9; default 1: a higher level costs several times as much for a small gain. */
        public Builder level(int value) {
            level = Preconditions.range("perMessageDeflate level", value, 1, 9);
            return this;
        }

        /** Returns the options. */
        public DeflateOptions build() {
            return new DeflateOptions(this);
        }
    }
}
