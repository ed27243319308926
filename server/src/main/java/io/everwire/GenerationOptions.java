package io.everwire;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The wire generations that a server serves. Their names are {@code gen0} (Socket.IO 0.6), {@code gen1} (0.7 to 0.9), {@code eio3} (1.x
 * and 2.x) and {@code eio4} (3.x and 4.x). The page {@code docs/generations.md} lists the responses to clients of generations that are
 * not served. Immutable.
 *
 * <p>{@link SocketIoServer#create(ServerOptions)} refuses a name that does not exist with {@link IllegalArgumentException}.
 */
public final class GenerationOptions {
    private static final GenerationOptions ALL = builder().build();

    private final Set<String> only;
    private final Set<String> without;
    private final Map<String, Set<String>> transports;
    private final Map<String, Duration> pingInterval;
    private final Map<String, Duration> pingTimeout;
    private final boolean engineOnly;

    private GenerationOptions(Builder builder) {
        this.only = builder.only;
        this.without = builder.without;
        this.transports = Map.copyOf(builder.transports);
        this.pingInterval = Map.copyOf(builder.pingInterval);
        this.pingTimeout = Map.copyOf(builder.pingTimeout);
        this.engineOnly = builder.engineOnly;
    }

    /** Returns options that serve all generations: the default. */
    public static GenerationOptions all() {
        return ALL;
    }

    /** Returns options that serve these generations; see {@link Builder#only}. */
    public static GenerationOptions only(String... names) {
        return builder().only(names).build();
    }

    /** Returns options that serve all generations but these; see {@link Builder#without}. */
    public static GenerationOptions without(String... names) {
        return builder().without(names).build();
    }

    /** Returns a builder that serves all generations. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.only = only;
        builder.without = without;
        builder.transports.putAll(transports);
        builder.pingInterval.putAll(pingInterval);
        builder.pingTimeout.putAll(pingTimeout);
        builder.engineOnly = engineOnly;
        return builder;
    }

    /** Returns {@link Builder#only}; empty for all generations. */
    public Set<String> only() {
        return only;
    }

    /** Returns {@link Builder#without}. */
    public Set<String> without() {
        return without;
    }

    /** Returns {@link Builder#transports} by generation. */
    public Map<String, Set<String>> transports() {
        return transports;
    }

    /** Returns {@link Builder#pingInterval} by generation. */
    public Map<String, Duration> pingInterval() {
        return pingInterval;
    }

    /** Returns {@link Builder#pingTimeout} by generation. */
    public Map<String, Duration> pingTimeout() {
        return pingTimeout;
    }

    /** Returns {@link Builder#engineOnly}. */
    public boolean engineOnly() {
        return engineOnly;
    }

    @Override
    public String toString() {
        return "GenerationOptions[only=" + only + ", without=" + without + ", transports=" + transports
                + ", pingInterval=" + pingInterval + ", pingTimeout=" + pingTimeout
                + ", engineOnly=" + engineOnly + "]";
    }

    /** Builds options. Every method returns this builder. Not thread-safe. */
    public static final class Builder {
        private Set<String> only = Set.of();
        private Set<String> without = Set.of();
        private final Map<String, Set<String>> transports = new HashMap<>();
        private final Map<String, Duration> pingInterval = new HashMap<>();
        private final Map<String, Duration> pingTimeout = new HashMap<>();
        private boolean engineOnly;

        private Builder() {}

        /**
         * Serves these generations and no others.
         *
         * @throws IllegalArgumentException if no name is given
         */
        public Builder only(String... names) {
            only = Preconditions.names("generations", names);
            return this;
        }

        /** Serves all generations but these. */
        public Builder without(String... names) {
            without = Set.copyOf(List.of(names));
            return this;
        }

        /**
         * Sets the transports of one generation, instead of {@link ServerOptions.Builder#transports}.
         *
         * @param names as on the wire
         * @throws IllegalArgumentException if no name is given
         */
        public Builder transports(String generation, String... names) {
            transports.put(generation, Preconditions.names("transports of " + generation, names));
            return this;
        }

        /**
         * Sets the time between two heartbeats of one generation, instead of {@link ServerOptions.Builder#pingInterval}. 1 ms to 1
         * day. Only {@code eio3} and {@code eio4} have it; {@link ServerOptions.Builder#transport} sets the times of earlier ones.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder pingInterval(String generation, Duration interval) {
            pingInterval.put(generation, Preconditions.time("pingInterval of " + generation, interval));
            return this;
        }

        /**
         * Sets the time for the response to a heartbeat of one generation, instead of {@link ServerOptions.Builder#pingTimeout}; see
         * {@link #pingInterval}. 1 ms to 1 day.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder pingTimeout(String generation, Duration timeout) {
            pingTimeout.put(generation, Preconditions.time("pingTimeout of " + generation, timeout));
            return this;
        }

        /**
         * Sets whether to serve Engine.IO alone, without Socket.IO on top, as the Node module {@code engine.io} does. Its clients are
         * in the namespace {@code /} without asking, and send and receive messages ({@link
         * EventRegistry#onMessage(Handler.Of1)}, {@link Socket#send}): text is a {@code String}, a binary message a {@code byte[]}.
         * They look for the server at the path {@code /engine.io}. Generations without Engine.IO are not served. Default false.
         */
        public Builder engineOnly(boolean alone) {
            engineOnly = alone;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if no generation is left, or something is set for one that is not served
         */
        public GenerationOptions build() {
            if (!only.isEmpty() && without.containsAll(only)) {
                throw new IllegalArgumentException("generations: none is left of " + only + " without " + without);
            }
            checkServed("transports", transports.keySet());
            checkServed("pingInterval", pingInterval.keySet());
            checkServed("pingTimeout", pingTimeout.keySet());
            return new GenerationOptions(this);
        }

        private void checkServed(String option, Set<String> generations) {
            for (String name : generations) {
                if (without.contains(name) || (!only.isEmpty() && !only.contains(name))) {
                    throw new IllegalArgumentException(option + " of " + name + " has no effect: it is not served");
                }
            }
        }
    }
}
