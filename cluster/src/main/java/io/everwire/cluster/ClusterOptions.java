package io.everwire.cluster;

import java.time.Duration;
import java.util.Objects;

/** The options of a cluster adapter. Immutable. The defaults are those of the Node adapters, where they have the option. */
public final class ClusterOptions {
    /** The default options: the classic wire with one pattern for each namespace. */
    public static final ClusterOptions DEFAULTS = builder().build();

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Builder values;

    private ClusterOptions(Builder values) {
        this.values = values;
    }

    /** Returns a builder with the default options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Returns {@link Builder#prefix}. */
    public String prefix() {
        return values.prefix;
    }

    /** Returns the mode of sharded pub/sub, or {@code STATIC} for the classic wire. */
    public SubscriptionMode subscriptionMode() {
        return values.mode;
    }

    /** Returns {@link Builder#sharded}. */
    public boolean sharded() {
        return values.sharded;
    }

    /** Returns {@link Builder#exactSubscriptions}. */
    public boolean exactSubscriptions() {
        return values.exact;
    }

    /** Returns {@link Builder#publishOnSpecificResponseChannel}. */
    public boolean publishOnSpecificResponseChannel() {
        return values.specific;
    }

    /** Returns {@link Builder#handshakeHeaders}. */
    public boolean handshakeHeaders() {
        return values.headers;
    }

    /** Returns {@link Builder#requestTimeout}. */
    public Duration requestTimeout() {
        return values.requestTimeout;
    }

    /** Returns {@link Builder#readyTimeout}. */
    public Duration readyTimeout() {
        return values.readyTimeout;
    }

    /** Returns {@link Builder#heartbeatInterval}. */
    public Duration heartbeatInterval() {
        return values.heartbeatInterval;
    }

    /** Returns {@link Builder#countInterval}. */
    public Duration countInterval() {
        return values.countInterval;
    }

    /** Returns {@link Builder#maxCountedRooms}. */
    public int maxCountedRooms() {
        return values.maxCountedRooms;
    }

    /** Returns {@link Builder#maxMessageBytes}. */
    public int maxMessageBytes() {
        return values.maxMessageBytes;
    }

    /** Returns {@link Builder#maxDepth}. */
    public int maxDepth() {
        return values.maxDepth;
    }

    /** Returns {@link Builder#maxAttachments}. */
    public int maxAttachments() {
        return values.maxAttachments;
    }

    /** Returns {@link Builder#maxRoomsPerMessage}. */
    public int maxRoomsPerMessage() {
        return values.maxRooms;
    }

    /** Returns {@link Builder#maxInboxBytes}. */
    public long maxInboxBytes() {
        return values.maxInboxBytes;
    }

    /** Returns {@link Builder#maxOutboxBytes}. */
    public long maxOutboxBytes() {
        return values.maxOutboxBytes;
    }

    /** Returns {@link Builder#maxOutboxAge}. */
    public Duration maxOutboxAge() {
        return values.maxOutboxAge;
    }

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private String prefix = "socket.io";
        private boolean sharded;
        private SubscriptionMode mode = SubscriptionMode.STATIC;
        private boolean exact;
        private boolean specific;
        private boolean headers = true;
        private Duration requestTimeout = Duration.ofSeconds(5);
        private Duration readyTimeout = Duration.ofSeconds(5);
        private Duration heartbeatInterval = Duration.ofSeconds(5);
        private Duration countInterval = Duration.ofSeconds(1);
        private int maxCountedRooms = 10_000;
        private int maxMessageBytes = 16 << 20;
        private int maxDepth = 100;
        private int maxAttachments = 1_000;
        private int maxRooms = 10_000;
        private long maxInboxBytes = 64L << 20;
        private long maxOutboxBytes = 64L << 20;
        private Duration maxOutboxAge = Duration.ofSeconds(5);

        private Builder() {}

        private Builder(Builder other) {
            prefix = other.prefix;
            sharded = other.sharded;
            mode = other.mode;
            exact = other.exact;
            specific = other.specific;
            headers = other.headers;
            requestTimeout = other.requestTimeout;
            readyTimeout = other.readyTimeout;
            heartbeatInterval = other.heartbeatInterval;
            countInterval = other.countInterval;
            maxCountedRooms = other.maxCountedRooms;
            maxMessageBytes = other.maxMessageBytes;
            maxDepth = other.maxDepth;
            maxAttachments = other.maxAttachments;
            maxRooms = other.maxRooms;
            maxInboxBytes = other.maxInboxBytes;
            maxOutboxBytes = other.maxOutboxBytes;
            maxOutboxAge = other.maxOutboxAge;
        }

        /**
         * Sets the begin of the names of all channels: {@code key} of {@code createAdapter}, {@code channelPrefix} of {@code
         * createShardedAdapter}. Equal on all servers of a cluster. Default {@code socket.io}.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Builder prefix(String prefix) {
            if (prefix.isEmpty()) {
                throw new IllegalArgumentException("prefix: it is empty");
            }
            this.prefix = prefix;
            return this;
        }

        /** Chooses sharded pub/sub (Redis 7), as {@code createShardedAdapter} does, in one of its modes. Default: not sharded. */
        public Builder sharded(SubscriptionMode mode) {
            this.sharded = true;
            this.mode = Objects.requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Sets whether a server that is not sharded subscribes to the channels of its own rooms, so that broadcasts to other
         * rooms cost it nothing. Node servers need no setting. Otherwise it subscribes to one pattern for each namespace and
         * receives the broadcasts to all rooms, as Node servers do. Default false.
         */
        public Builder exactSubscriptions(boolean exact) {
            this.exact = exact;
            return this;
        }

        /**
         * Sets whether responses go to the channel of the server that asked, as the option of this name of {@code
         * createAdapter}. Servers receive both. Default false.
         */
        public Builder publishOnSpecificResponseChannel(boolean specific) {
            this.specific = specific;
            return this;
        }

        /**
         * Sets whether the details of sockets that other servers fetch contain the headers of their requests, cookies and
         * authorization included. Default true, as on Node.
         */
        public Builder handshakeHeaders(boolean headers) {
            this.headers = headers;
            return this;
        }

        /** Sets the time that {@code fetchSockets} waits for other servers. 1 ms to 1 day; default 5 s. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = checked("requestTimeout", timeout);
            return this;
        }

        /**
         * Sets the time that clients wait for the subscriptions of a namespace before they join without them. 1 ms to 1 day;
         * default 5 s.
         */
        public Builder readyTimeout(Duration timeout) {
            this.readyTimeout = checked("readyTimeout", timeout);
            return this;
        }

        /**
         * Sets the time between two heartbeats, which a server sends to itself and to the other Java servers, to find out whether
         * messages arrive. 1 ms to 1 day; default 5 s.
         */
        public Builder heartbeatInterval(Duration interval) {
            this.heartbeatInterval = checked("heartbeatInterval", interval);
            return this;
        }

        /**
         * Sets the time between two messages in which a server tells others how many sockets are in the rooms that they count. So
         * old are the numbers of {@code countSockets}. 1 ms to 1 day; default 1 s.
         */
        public Builder countInterval(Duration interval) {
            this.countInterval = checked("countInterval", interval);
            return this;
        }

        /**
         * Sets the number of rooms whose sockets are counted for all servers without a request to each. Beyond it, numbers are
         * up to 20 s old. 1 to 1,000,000; default 10,000.
         */
        public Builder maxCountedRooms(int rooms) {
            this.maxCountedRooms = checked("maxCountedRooms", rooms, 1, 1_000_000);
            return this;
        }

        /** Sets the largest message of another server in bytes. 1 KiB to 1 GiB; default 16 MiB. */
        public Builder maxMessageBytes(int bytes) {
            this.maxMessageBytes = checked("maxMessageBytes", bytes, 1 << 10, 1 << 30);
            return this;
        }

        /** Sets the deepest nesting in a message of another server. 10 to 1000; default 100. */
        public Builder maxDepth(int depth) {
            this.maxDepth = checked("maxDepth", depth, 10, 1_000);
            return this;
        }

        /** Sets the largest number of attachments of a message of another server. 0 to 1,000,000; default 1000. */
        public Builder maxAttachments(int attachments) {
            this.maxAttachments = checked("maxAttachments", attachments, 0, 1_000_000);
            return this;
        }

        /** Sets the largest number of rooms that a message of another server names. 1 to 1,000,000; default 10,000. */
        public Builder maxRoomsPerMessage(int rooms) {
            this.maxRooms = checked("maxRoomsPerMessage", rooms, 1, 1_000_000);
            return this;
        }

        /**
         * Sets the number of bytes of received messages that one namespace queues. Beyond it, the oldest are dropped. 64 KiB
         * to 1 TiB; default 64 MiB.
         */
        public Builder maxInboxBytes(long bytes) {
            this.maxInboxBytes = checked("maxInboxBytes", bytes, 1L << 16, 1L << 40);
            return this;
        }

        /**
         * Sets the number of bytes of outgoing messages that the server queues while the line is slow or lost. Beyond it, new
         * messages are dropped. 64 KiB to 1 TiB; default 64 MiB.
         */
        public Builder maxOutboxBytes(long bytes) {
            this.maxOutboxBytes = checked("maxOutboxBytes", bytes, 1L << 16, 1L << 40);
            return this;
        }

        /** Sets the time after which a message that the lost line could not take is dropped. 1 ms to 1 day; default 5 s. */
        public Builder maxOutboxAge(Duration age) {
            this.maxOutboxAge = checked("maxOutboxAge", age);
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if options contradict each other
         */
        public ClusterOptions build() {
            if (sharded && exact) {
                throw new IllegalArgumentException(
                        "exactSubscriptions: sharded pub/sub has a subscription mode in its place");
            }
            return new ClusterOptions(new Builder(this));
        }

        private static Duration checked(String option, Duration value) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + ": " + value + " is not between 1 ms and 1 day");
            }
            return value;
        }

        private static int checked(String option, int value, int least, int most) {
            return (int) checked(option, (long) value, least, most);
        }

        private static long checked(String option, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(option + ": " + value + " is not between " + least + " and " + most);
            }
            return value;
        }
    }
}
