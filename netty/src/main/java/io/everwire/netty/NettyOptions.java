package io.everwire.netty;

import io.everwire.engine.HostOption;
import io.netty.util.AsciiString;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The limits and timeouts of the Netty host. Immutable; created by a {@link Builder} that checks the values. */
public final class NettyOptions {
    /** The defaults. */
    public static final NettyOptions DEFAULTS = builder().build();

    /** The smallest timeout, in seconds, from which a peer can tell its own end from the server's. */
    private static final long LEAST_ANNOUNCED = 2;

    private final Builder values;
    private final @Nullable AsciiString announcedKeepAlive;

    private NettyOptions(Builder values) {
        this.values = values;
        // One second less, as in Node (keepAliveTimeoutBuffer): the peer must be the first to give up the connection.
        long seconds = values.keepAliveTimeout.toSeconds();
        this.announcedKeepAlive = seconds < LEAST_ANNOUNCED ? null : AsciiString.cached("timeout=" + (seconds - 1));
    }

    /** Returns the value of the header {@code Keep-Alive}, or null if the timeout is too short for one. */
    @Nullable
    AsciiString announcedKeepAlive() {
        return announcedKeepAlive;
    }

    /** Returns a new builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the defaults of Socket.IO 0.6 of 2010: Flash receives its policy on the server's port and on port
     * 843. Use it with {@link io.everwire.ServerOptions#since2010}.
     */
    public static Builder since2010() {
        return builder().flashPolicy(true).flashPolicyPort(FlashPolicyServer.PORT);
    }

    /** Returns a new builder with the values of these options. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Returns {@link Builder#ioBackend}. */
    public IoBackend ioBackend() {
        return values.ioBackend;
    }

    /** Returns {@link Builder#workerThreads}. */
    public int workerThreads() {
        return values.workerThreads;
    }

    /** Returns {@link Builder#backlog}. */
    public int backlog() {
        return values.backlog;
    }

    /** Returns {@link Builder#maxConnections}. */
    public int maxConnections() {
        return values.maxConnections;
    }

    /** Returns {@link Builder#maxRequestLine}. */
    public int maxRequestLine() {
        return values.maxRequestLine;
    }

    /** Returns {@link Builder#maxHeaderBytes}. */
    public int maxHeaderBytes() {
        return values.maxHeaderBytes;
    }

    /** Returns {@link Builder#maxHeaderCount}. */
    public int maxHeaderCount() {
        return values.maxHeaderCount;
    }

    /** Returns {@link Builder#minBodyRate}. */
    public int minBodyRate() {
        return values.minBodyRate;
    }

    /** Returns {@link Builder#maxOpenPosts}. */
    public int maxOpenPosts() {
        return values.maxOpenPosts;
    }

    /** Returns {@link Builder#maxPipelined}. */
    public int maxPipelined() {
        return values.maxPipelined;
    }

    /** Returns {@link Builder#maxDiscarded}. */
    public int maxDiscarded() {
        return values.maxDiscarded;
    }

    /** Returns {@link Builder#maxFragments}. */
    public int maxFragments() {
        return values.maxFragments;
    }

    /** Returns {@link Builder#webSocketDrafts}. */
    public boolean webSocketDrafts() {
        return values.webSocketDrafts;
    }

    /** Returns {@link Builder#flashPolicy}. */
    public boolean flashPolicy() {
        return values.flashPolicy;
    }

    /** Returns {@link Builder#flashPolicyPort}; -1 if no such port is opened. */
    public int flashPolicyPort() {
        return values.flashPolicyPort;
    }

    /** Returns {@link Builder#headTimeout}. */
    public Duration headTimeout() {
        return values.headTimeout;
    }

    /** Returns {@link Builder#bodyTimeout}. */
    public Duration bodyTimeout() {
        return values.bodyTimeout;
    }

    /** Returns {@link Builder#requestTimeout}. */
    public Duration requestTimeout() {
        return values.requestTimeout;
    }

    /** Returns {@link Builder#keepAliveTimeout}. */
    public Duration keepAliveTimeout() {
        return values.keepAliveTimeout;
    }

    /** Returns {@link Builder#closeTimeout}. */
    public Duration closeTimeout() {
        return values.closeTimeout;
    }

    /** Returns all options. For logs. */
    @Override
    public String toString() {
        return "NettyOptions["
                + "ioBackend=" + values.ioBackend
                + ", workerThreads=" + values.workerThreads
                + ", backlog=" + values.backlog
                + ", maxConnections=" + values.maxConnections
                + ", maxRequestLine=" + values.maxRequestLine
                + ", maxHeaderBytes=" + values.maxHeaderBytes
                + ", maxHeaderCount=" + values.maxHeaderCount
                + ", minBodyRate=" + values.minBodyRate
                + ", maxOpenPosts=" + values.maxOpenPosts
                + ", maxPipelined=" + values.maxPipelined
                + ", maxDiscarded=" + values.maxDiscarded
                + ", maxFragments=" + values.maxFragments
                + ", webSocketDrafts=" + values.webSocketDrafts
                + ", flashPolicy=" + values.flashPolicy
                + ", flashPolicyPort=" + values.flashPolicyPort
                + ", headTimeout=" + values.headTimeout
                + ", bodyTimeout=" + values.bodyTimeout
                + ", requestTimeout=" + values.requestTimeout
                + ", keepAliveTimeout=" + values.keepAliveTimeout
                + ", closeTimeout=" + values.closeTimeout
                + "]";
    }

    /**
     * Builds options. Every method returns this builder, and throws {@link IllegalArgumentException} if a value is out
     * of range: the message names the option, the value and the range. Options marked "Port" have no effect on a
     * {@link SocketIoHandler} in a pipeline of the application. Not thread-safe.
     */
    public static final class Builder {
        private IoBackend ioBackend = IoBackend.AUTO;
        private int workerThreads = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int backlog = 1024;
        private int maxConnections = 100_000;
        private int maxRequestLine = 16 * 1024;
        private int maxHeaderBytes = 16 * 1024;
        private int maxHeaderCount = 2_000;
        private int minBodyRate = 1000;
        private int maxOpenPosts = 8;
        private int maxPipelined = 16;
        private int maxDiscarded = 1024 * 1024;
        private int maxFragments = 16_384;
        private boolean webSocketDrafts = true;
        private boolean flashPolicy;
        private int flashPolicyPort = -1;
        private Duration headTimeout = Duration.ofMinutes(1);
        private Duration bodyTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofMinutes(5);
        private Duration keepAliveTimeout = Duration.ofMinutes(2);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        private Builder(Builder from) {
            ioBackend = from.ioBackend;
            workerThreads = from.workerThreads;
            backlog = from.backlog;
            maxConnections = from.maxConnections;
            maxRequestLine = from.maxRequestLine;
            maxHeaderBytes = from.maxHeaderBytes;
            maxHeaderCount = from.maxHeaderCount;
            minBodyRate = from.minBodyRate;
            maxOpenPosts = from.maxOpenPosts;
            maxPipelined = from.maxPipelined;
            maxDiscarded = from.maxDiscarded;
            maxFragments = from.maxFragments;
            webSocketDrafts = from.webSocketDrafts;
            flashPolicy = from.flashPolicy;
            flashPolicyPort = from.flashPolicyPort;
            headTimeout = from.headTimeout;
            bodyTimeout = from.bodyTimeout;
            requestTimeout = from.requestTimeout;
            keepAliveTimeout = from.keepAliveTimeout;
            closeTimeout = from.closeTimeout;
        }

        /** Port: the interface of the operating system that is used. Default {@link IoBackend#AUTO}. */
        public Builder ioBackend(IoBackend value) {
            ioBackend = value;
            return this;
        }

        /**
         * Port: the number of event loops that serve connections. Default: one for each processor, because nothing on
         * them blocks.
         */
        public Builder workerThreads(int value) {
            workerThreads = HostOption.range("workerThreads", value, 1, 1024);
            return this;
        }

        /**
         * Port: the number of connections that the operating system queues until they are accepted. Default 1,024: a
         * burst of reconnecting clients after a restart.
         */
        public Builder backlog(int value) {
            backlog = HostOption.range("backlog", value, 1, 65_535);
            return this;
        }

        /**
         * Port: the largest number of open connections; further ones are closed at once. Default 100,000: well below
         * what 1 GB of heap carries, and a limit for an attacker.
         */
        public Builder maxConnections(int value) {
            maxConnections = HostOption.range("maxConnections", value, 1, 10_000_000);
            return this;
        }

        /**
         * Port: the longest request line, in bytes. Default 16 KiB, the size of all headers in Node: some clients send a
         * token in the query.
         */
        public Builder maxRequestLine(int value) {
            maxRequestLine = HostOption.range("maxRequestLine", value, 256, 1_048_576);
            return this;
        }

        /**
         * Port: the largest size of all headers of a request together, in bytes. Default 16 KiB, as in Node.
         */
        public Builder maxHeaderBytes(int value) {
            maxHeaderBytes = HostOption.range("maxHeaderBytes", value, 1024, 1_048_576);
            return this;
        }

        /**
         * Port: the largest number of headers of a request. Default 2,000, as in Node.
         */
        public Builder maxHeaderCount(int value) {
            maxHeaderCount = HostOption.range("maxHeaderCount", value, 8, 10_000);
            return this;
        }

        /**
         * The lowest rate at which a body may arrive, in bytes per second, measured over each {@link #bodyTimeout} from
         * its start. Default 1,000: slower than any modem still in use.
         */
        public Builder minBodyRate(int value) {
            minBodyRate = HostOption.range("minBodyRate", value, 1, 1_000_000_000);
            return this;
        }

        /**
         * The largest number of requests of one session whose bodies are incomplete; more are rejected. Default 8:
         * official clients send one at a time, others may send some at once.
         */
        public Builder maxOpenPosts(int value) {
            maxOpenPosts = HostOption.range("maxOpenPosts", value, 1, 1000);
            return this;
        }

        /**
         * The number of requests of one connection that are queued behind an unanswered one before reading pauses.
         * Default 16: browsers send none.
         */
        public Builder maxPipelined(int value) {
            maxPipelined = HostOption.range("maxPipelined", value, 1, 128);
            return this;
        }

        /**
         * The number of bytes of an unwanted body that are discarded before the connection is closed. Default 1 MiB:
         * cheaper than a new connection.
         */
        public Builder maxDiscarded(int value) {
            maxDiscarded = HostOption.range("maxDiscarded", value, 0, 1_073_741_824);
            return this;
        }

        /**
         * The largest number of fragments of a WebSocket message. Default 16,384, as in the Node server (ws 8). Each
         * fragment costs memory beyond its bytes, so that many small ones serve only an attack.
         */
        public Builder maxFragments(int value) {
            maxFragments = HostOption.range("maxFragments", value, 1, 1_000_000);
            return this;
        }

        /**
         * Grants WebSockets of hixie-75 and hixie-76, which Flash and the browsers of 2010 speak. Default true: only
         * requests of generations that know these drafts are granted, and those generations are on by default too.
         */
        public Builder webSocketDrafts(boolean value) {
            webSocketDrafts = value;
            return this;
        }

        /**
         * Port: serves Flash the policy before any HTTP: the pages that may connect, which are those of the server's
         * {@code origins}. Default false: only Flash asks.
         */
        public Builder flashPolicy(boolean value) {
            flashPolicy = value;
            return this;
        }

        /**
         * Port: serves Flash the policy also on this port of the same address, which Flash asks first; see
         * {@link FlashPolicyServer}. If the port cannot be bound, a warning is logged and the server's port opens
         * without it; ports below 1024 take privileges. 0 has the system choose. Default −1: no such port.
         */
        public Builder flashPolicyPort(int value) {
            flashPolicyPort = HostOption.range("flashPolicyPort", value, -1, 65_535);
            return this;
        }

        /**
         * Port: the longest time for the head of a request, from its first byte, or from the start of the connection.
         * Default 60 s, as in Node.
         */
        public Builder headTimeout(Duration value) {
            headTimeout = HostOption.time("headTimeout", value, 100, 600_000);
            return this;
        }

        /**
         * The longest time for the body of a request, unless it arrives at {@link #minBodyRate}: then it may take
         * another such time, up to {@link #requestTimeout}. Default 10 s.
         */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = HostOption.time("bodyTimeout", value, 100, 600_000);
            return this;
        }

        /**
         * The longest time for the body of a request at any rate. Default 5 minutes, as in Node.
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = HostOption.time("requestTimeout", value, 100, 86_400_000);
            return this;
        }

        /**
         * Port: the longest idle time between two requests of a connection. Responses announce it, less one second, in
         * {@code Keep-Alive}. Default 120 s: longer than the idle time of common load balancers, which otherwise send a
         * request at the moment at which the server closes the connection.
         */
        public Builder keepAliveTimeout(Duration value) {
            keepAliveTimeout = HostOption.time("keepAliveTimeout", value, 100, 3_600_000);
            return this;
        }

        /**
         * The longest time for the end of a connection, before it is aborted: for the peer's answer to a close frame,
         * for the rest of a body after a rejection, and for the connections of a port after {@link NettyServer#close}.
         * Default 5 s.
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = HostOption.time("closeTimeout", value, 10, 600_000);
            return this;
        }

        /** Returns the options. */
        public NettyOptions build() {
            return new NettyOptions(new Builder(this));
        }
    }
}
