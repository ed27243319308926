package io.everwire.netty;

import java.time.Duration;

/** The bounds and timings of the Netty host: immutable, made by a {@link Builder} that checks them. */
public final class NettyOptions {
    /** The defaults. */
    public static final NettyOptions DEFAULTS = builder().build();

    private final Builder values;

    private NettyOptions(Builder values) {
        this.values = values;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    IoBackend transport() {
        return values.transport;
    }

    int workerThreads() {
        return values.workerThreads;
    }

    int backlog() {
        return values.backlog;
    }

    int maxConnections() {
        return values.maxConnections;
    }

    int maxRequestLine() {
        return values.maxRequestLine;
    }

    int maxHeaderBytes() {
        return values.maxHeaderBytes;
    }

    int maxHeaderCount() {
        return values.maxHeaderCount;
    }

    int minBodyRate() {
        return values.minBodyRate;
    }

    int maxPipelined() {
        return values.maxPipelined;
    }

    int maxDiscarded() {
        return values.maxDiscarded;
    }

    int maxFragments() {
        return values.maxFragments;
    }

    int maxPendingOutput() {
        return values.maxPendingOutput;
    }

    boolean webSocketDrafts() {
        return values.webSocketDrafts;
    }

    boolean flashPolicy() {
        return values.flashPolicy;
    }

    /** Negative for none. */
    int flashPolicyPort() {
        return values.flashPolicyPort;
    }

    /** Milliseconds. */
    long headTimeout() {
        return values.headTimeout.toMillis();
    }

    /** Milliseconds. */
    long bodyTimeout() {
        return values.bodyTimeout.toMillis();
    }

    /** Milliseconds. */
    long keepAliveTimeout() {
        return values.keepAliveTimeout.toMillis();
    }

    /** Milliseconds. */
    long closeTimeout() {
        return values.closeTimeout.toMillis();
    }

    /**
     * Collects options. Every method returns this builder. Those that concern a whole port mean nothing to a
     * {@link SocketIoHandler} in somebody else's pipeline.
     */
    public static final class Builder {
        private IoBackend transport = IoBackend.AUTO;
        private int workerThreads = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int backlog = 1024;
        private int maxConnections = 100_000;
        private int maxRequestLine = 8 * 1024;
        private int maxHeaderBytes = 16 * 1024;
        private int maxHeaderCount = 200;
        private int minBodyRate = 1000;
        private int maxPipelined = 16;
        private int maxDiscarded = 1024 * 1024;
        private int maxFragments = 1024;
        private int maxPendingOutput = 4 * 1024 * 1024;
        private boolean webSocketDrafts = true;
        private boolean flashPolicy;
        private int flashPolicyPort = -1;
        private Duration headTimeout = Duration.ofSeconds(10);
        private Duration bodyTimeout = Duration.ofSeconds(10);
        private Duration keepAliveTimeout = Duration.ofSeconds(60);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        private Builder(Builder from) {
            transport = from.transport;
            workerThreads = from.workerThreads;
            backlog = from.backlog;
            maxConnections = from.maxConnections;
            maxRequestLine = from.maxRequestLine;
            maxHeaderBytes = from.maxHeaderBytes;
            maxHeaderCount = from.maxHeaderCount;
            minBodyRate = from.minBodyRate;
            maxPipelined = from.maxPipelined;
            maxDiscarded = from.maxDiscarded;
            maxFragments = from.maxFragments;
            maxPendingOutput = from.maxPendingOutput;
            webSocketDrafts = from.webSocketDrafts;
            flashPolicy = from.flashPolicy;
            flashPolicyPort = from.flashPolicyPort;
            headTimeout = from.headTimeout;
            bodyTimeout = from.bodyTimeout;
            keepAliveTimeout = from.keepAliveTimeout;
            closeTimeout = from.closeTimeout;
        }

        /** Port: how the operating system is asked. Default {@link IoBackend#AUTO}. */
        public Builder transport(IoBackend value) {
            transport = value;
            return this;
        }

        /**
         * Port: how many event loops serve the connections. Default: one for each processor, as nothing on them blocks.
         */
        public Builder workerThreads(int value) {
            workerThreads = value;
            return this;
        }

        /**
         * Port: how many connections may wait to be accepted. Default 1,024: a burst of reconnecting clients after a
         * restart.
         */
        public Builder backlog(int value) {
            backlog = value;
            return this;
        }

        /**
         * Port: how many connections the port holds; further ones are closed at once. Default 100,000: well below
         * what 1 GB of heap carries, and a bound on what an attacker can open.
         */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /**
         * Port: the longest request line, in bytes. Default 8 KiB: what proxies accept.
         */
        public Builder maxRequestLine(int value) {
            maxRequestLine = value;
            return this;
        }

        /**
         * Port: the most that all headers of a request may occupy together, in bytes. Default 16 KiB, as in Node.
         */
        public Builder maxHeaderBytes(int value) {
            maxHeaderBytes = value;
            return this;
        }

        /**
         * Port: how many headers a request may have. Default 200: browsers behind proxies send some 30.
         */
        public Builder maxHeaderCount(int value) {
            maxHeaderCount = value;
            return this;
        }

        /**
         * How fast a body must arrive in the long run, in bytes a second, beyond {@link #bodyTimeout}. Default 1,000:
         * slower than any modem still in use.
         */
        public Builder minBodyRate(int value) {
            minBodyRate = value;
            return this;
        }

        /**
         * How many requests of one connection may wait for the answer to an earlier one before its reading pauses.
         * Default 16: browsers send none.
         */
        public Builder maxPipelined(int value) {
            maxPipelined = value;
            return this;
        }

        /**
         * How much of a body that nobody wants is read past, in bytes, before the connection is closed. Default 1
         * MiB: cheaper than a new connection.
         */
        public Builder maxDiscarded(int value) {
            maxDiscarded = value;
            return this;
        }

        /**
         * How many fragments a WebSocket message may come in. Default 1,024: the default message limit of 1 MB in
         * pieces of 1 KB; what sends more, and smaller ones, wants to occupy memory.
         */
        public Builder maxFragments(int value) {
            maxFragments = value;
            return this;
        }

        /**
         * How much may wait to be read by the peer of one WebSocket, in bytes; a peer that lets more pile up is cut
         * off. Default 4 MiB: sessions hold back long before, this is the bound when they do not. A message that
         * finds less waiting is taken whole, however large.
         */
        public Builder maxPendingOutput(int value) {
            maxPendingOutput = value;
            return this;
        }

        /**
         * Whether WebSockets are granted to clients of 2010, browsers and Flash, which speak the drafts 75 and 76. Default
         * true: only requests of generations that know the drafts are granted, and these are on by default too.
         */
        public Builder webSocketDrafts(boolean value) {
            webSocketDrafts = value;
            return this;
        }

        /**
         * Port: whether Flash is told, before any HTTP, which pages may connect: those of the server's {@code origins}. Default
         * false: only Flash asks.
         */
        public Builder flashPolicy(boolean value) {
            flashPolicy = value;
            return this;
        }

        /**
         * Port: tells Flash the same on a port of its own, which it asks first, at the same address; see {@link
         * FlashPolicyServer}. If that cannot be bound, which takes privileges below 1024, a line is logged and the port of the
         * server opens without it. 0 lets the system choose. Default: no such port.
         */
        public Builder flashPolicyPort(int value) {
            flashPolicyPort = value;
            return this;
        }

        /**
         * Port: how long the head of a request may take, from the first byte, or from the connection's start. Default
         * 10 s: a head fits into one packet or two.
         */
        public Builder headTimeout(Duration value) {
            headTimeout = value;
            return this;
        }

        /**
         * How long a request's body may take, besides the time that {@link #minBodyRate} grants for its size. Default
         * 10 s.
         */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = value;
            return this;
        }

        /**
         * Port: how long a connection may rest between two requests. Default 60 s: longer than two heartbeats of
         * polling clients.
         */
        public Builder keepAliveTimeout(Duration value) {
            keepAliveTimeout = value;
            return this;
        }

        /**
         * How long closing may take: the peer's answer to a close frame, the rest of a body after a refusal, and the
         * whole of {@link NettyServer#close}. Default 5 s.
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if a value is out of range; names the option, the value and the range
         */
        public NettyOptions build() {
            checkPort();
            checkConnections();
            return new NettyOptions(new Builder(this));
        }

        private void checkPort() {
            check("workerThreads", workerThreads, 1, 1024, "");
            check("backlog", backlog, 1, 65535, "");
            check("maxConnections", maxConnections, 1, 10000000, "");
            check("maxRequestLine", maxRequestLine, 256, 1048576, "");
            check("maxHeaderBytes", maxHeaderBytes, 1024, 1048576, "");
            check("maxHeaderCount", maxHeaderCount, 8, 10000, "");
            check("flashPolicyPort", flashPolicyPort, -1, 65535, "");
            check("headTimeout", headTimeout.toMillis(), 100, 600000, " ms");
            check("keepAliveTimeout", keepAliveTimeout.toMillis(), 100, 3600000, " ms");
        }

        private void checkConnections() {
            check("minBodyRate", minBodyRate, 1, 1000000000, "");
            check("maxPipelined", maxPipelined, 1, 128, "");
            check("maxDiscarded", maxDiscarded, 0, 1073741824, "");
            check("maxFragments", maxFragments, 1, 1000000, "");
            check("maxPendingOutput", maxPendingOutput, 65536, 1073741824, "");
            check("bodyTimeout", bodyTimeout.toMillis(), 100, 600000, " ms");
            check("closeTimeout", closeTimeout.toMillis(), 10, 600000, " ms");
        }

        private static void check(String name, long value, long least, long most, String unit) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        name + ": " + value + unit + " is not from " + least + " to " + most + unit);
            }
        }
    }
}
