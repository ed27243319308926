package io.everwire;

import io.everwire.engine.Compression;

/**
 * How the messages of WebSockets are compressed ({@code permessage-deflate}, RFC 7692) with clients that can. Immutable, made
 * by a {@link Builder} that checks it.
 */
public final class DeflateOptions {
    /** The defaults. */
    public static final DeflateOptions DEFAULTS = builder().build();

    private final Compression.Deflate values;

    private DeflateOptions(Compression.Deflate values) {
        this.values = values;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    Compression.Deflate values() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects options. Every method returns this builder. Not for several threads. */
    public static final class Builder {
        private int threshold = 1024;
        private boolean contextTakeover;
        private int level = 1;
        private int maxRatio = 200;

        private Builder() {}

        /**
         * Messages of so many bytes are compressed, unless they are emitted with {@code compress(false)}. 0 to 2<sup>30</sup>;
         * default 1024, as the Node server: below it there is little to gain.
         */
        public Builder threshold(int bytes) {
            threshold = bytes;
            return this;
        }

        /**
         * Whether both sides go on with what they learnt from the messages before. Default false: it makes repetitive messages
         * smaller, and costs each connection some 300 KB.
         */
        public Builder contextTakeover(boolean takeover) {
            contextTakeover = takeover;
            return this;
        }

        /** How hard to try. 1 to 9; default 1: what is gained beyond it costs several times as much. */
        public Builder level(int value) {
            level = value;
            return this;
        }

        /**
         * How many times larger than its compressed form a client's message may become, once it is larger than 64 KiB; beyond it
         * the WebSocket is closed, as it is beyond {@link ServerOptions.Builder#maxHttpBufferSize}. 1 to 1,100; default 200: text
         * seldom shrinks so well, and what was made for it shrinks 1,032 times.
         */
        public Builder maxRatio(int times) {
            maxRatio = times;
            return this;
        }

        /**
         * The options collected.
         *
         * @throws IllegalArgumentException if a value is out of its range; names the option, the value and the range
         */
        public DeflateOptions build() {
            Preconditions.range("perMessageDeflate threshold", threshold, 0, 1 << 30);
            Preconditions.range("perMessageDeflate level", level, 1, 9);
            Preconditions.range("perMessageDeflate maxRatio", maxRatio, 1, 1_100);
            return new DeflateOptions(new Compression.Deflate(threshold, contextTakeover, level, maxRatio));
        }
    }
}
