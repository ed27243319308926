package io.everwire.servlet;

import io.everwire.engine.HostOption;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The limits and timeouts of the servlet host. Immutable; created by a {@link Builder} that checks the values. */
public final class ServletOptions {
    /** The defaults. */
    public static final ServletOptions DEFAULTS = builder().build();

    private final Builder values;

    private ServletOptions(Builder values) {
        this.values = values;
    }

    /** Returns a new builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a new builder with the values of these options. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Returns {@link Builder#webSocket}. */
    public WebSocketSupport webSocket() {
        return values.webSocket;
    }

    /** Returns {@link Builder#gen0}. */
    public boolean gen0() {
        return values.gen0;
    }

    /** Returns {@link Builder#eventLoops}. */
    public int eventLoops() {
        return values.eventLoops;
    }

    /** Returns {@link Builder#minBodyRate}. */
    public int minBodyRate() {
        return values.minBodyRate;
    }

    /** Returns {@link Builder#maxOpenPosts}. */
    public int maxOpenPosts() {
        return values.maxOpenPosts;
    }

    /** Returns {@link Builder#maxDiscarded}. */
    public int maxDiscarded() {
        return values.maxDiscarded;
    }

    /** Returns {@link Builder#maxFragments}. */
    public int maxFragments() {
        return values.maxFragments;
    }

    /** Returns {@link Builder#maxWaitingThreads}. */
    public int maxWaitingThreads() {
        return values.maxWaitingThreads;
    }

    /** Returns {@link Builder#bodyTimeout}. */
    public Duration bodyTimeout() {
        return values.bodyTimeout;
    }

    /** Returns {@link Builder#requestTimeout}. */
    public Duration requestTimeout() {
        return values.requestTimeout;
    }

    /** Returns {@link Builder#closeTimeout}. */
    public Duration closeTimeout() {
        return values.closeTimeout;
    }

    /** Returns the objects of a request, by the types of {@link Builder#attach}. */
    Map<Class<?>, Object> attachments(HttpServletRequest request) {
        Map<Class<?>, Object> found = new LinkedHashMap<>();
        values.attachments.forEach((type, source) -> {
            Object object = source.apply(request);
            if (object != null) {
                found.put(type, object);
            }
        });
        return found;
    }

    /** Returns all options. For logs. */
    @Override
    public String toString() {
        return "ServletOptions["
                + "webSocket=" + values.webSocket
                + ", gen0=" + values.gen0
                + ", eventLoops=" + values.eventLoops
                + ", minBodyRate=" + values.minBodyRate
                + ", maxOpenPosts=" + values.maxOpenPosts
                + ", maxDiscarded=" + values.maxDiscarded
                + ", maxFragments=" + values.maxFragments
                + ", maxWaitingThreads=" + values.maxWaitingThreads
                + ", bodyTimeout=" + values.bodyTimeout
                + ", requestTimeout=" + values.requestTimeout
                + ", closeTimeout=" + values.closeTimeout
                + "]";
    }

    /**
     * Builds options. Every method returns this builder, and throws {@link IllegalArgumentException} if a value is out of range: the
     * message names the option, the value and the range. Not thread-safe.
     */
    public static final class Builder {
        private WebSocketSupport webSocket = WebSocketSupport.AUTO;
        private boolean gen0;
        private int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int minBodyRate = 1000;
        private int maxOpenPosts = 8;
        private int maxDiscarded = 1024 * 1024;
        private int maxFragments = 16_384;
        private int maxWaitingThreads = 16;
        private Duration bodyTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofMinutes(5);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private final Map<Class<?>, Function<HttpServletRequest, @Nullable Object>> attachments = new LinkedHashMap<>();

        private Builder() {}

        private Builder(Builder from) {
            webSocket = from.webSocket;
            gen0 = from.gen0;
            eventLoops = from.eventLoops;
            minBodyRate = from.minBodyRate;
            maxOpenPosts = from.maxOpenPosts;
            maxDiscarded = from.maxDiscarded;
            maxFragments = from.maxFragments;
            maxWaitingThreads = from.maxWaitingThreads;
            bodyTimeout = from.bodyTimeout;
            requestTimeout = from.requestTimeout;
            closeTimeout = from.closeTimeout;
            attachments.putAll(from.attachments);
        }

        /** The way in which WebSockets are served. Default {@link WebSocketSupport#AUTO}. */
        public Builder webSocket(WebSocketSupport value) {
            webSocket = value;
            return this;
        }

        /**
         * Serves clients of 2010 (0.6) too, if the server's generations include them; then the filter checks at its start whether the
         * container can. Default false: they write {@code //} into paths, which Jetty and Spring Security reject by
         * default, and their WebSockets of that time are not possible in a container.
         */
        public Builder gen0(boolean value) {
            gen0 = value;
            return this;
        }

        /**
         * The number of event loops. Each has at most two threads: one for WebSockets and one for requests. Default: one for
         * each processor, because nothing on them blocks.
         */
        public Builder eventLoops(int value) {
            eventLoops = HostOption.range("eventLoops", value, 1, 1024);
            return this;
        }

        /**
         * The lowest rate at which a body may arrive, in bytes per second, measured over each {@link #bodyTimeout} from its start.
         * Default 1,000: slower than any modem still in use.
         */
        public Builder minBodyRate(int value) {
            minBodyRate = HostOption.range("minBodyRate", value, 1, 1_000_000_000);
            return this;
        }

        /**
         * The largest number of requests of one session whose bodies are incomplete; more are rejected. Default 8: official clients send
         * one at a time, others may send some at once.
         */
        public Builder maxOpenPosts(int value) {
            maxOpenPosts = HostOption.range("maxOpenPosts", value, 1, 1000);
            return this;
        }

        /**
         * The number of bytes of an unwanted body that are discarded while a streamed response is sent; then the response ends. The
         * container discards bodies after whole responses. Default 1 MiB: cheaper than a new connection.
         */
        public Builder maxDiscarded(int value) {
            maxDiscarded = HostOption.range("maxDiscarded", value, 0, 1_073_741_824);
            return this;
        }

        /**
         * The largest number of fragments of a WebSocket message in Tomcat. Default 16,384, as in the Node server (ws 8). Each fragment
         * costs memory beyond its bytes, so that many small ones serve only an attack. With {@link WebSocketSupport#JAKARTA} fragments
         * cost nothing, and have no limit.
         */
        public Builder maxFragments(int value) {
            maxFragments = HostOption.range("maxFragments", value, 1, 1_000_000);
            return this;
        }

        /**
         * The largest number of the container's threads that wait at one time: each for the verdict about one request for a WebSocket, or
         * for a handler that is behind with the messages of one client, because Jakarta WebSocket cannot stop reading. Further requests
         * are rejected, and further clients closed with code 1008. Default 16: containers have 200 threads by default.
         */
        public Builder maxWaitingThreads(int value) {
            maxWaitingThreads = HostOption.range("maxWaitingThreads", value, 1, 10_000);
            return this;
        }

        /**
         * The longest time for the body of a request, unless it arrives at {@link #minBodyRate}: then it may take another such time, up to
         * {@link #requestTimeout}. Default 10 s.
         */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = HostOption.time("bodyTimeout", value, 100, 600_000);
            return this;
        }

        /** The longest time for the body of a request at any rate. Default 5 minutes, as in Node. */
        public Builder requestTimeout(Duration value) {
            requestTimeout = HostOption.time("requestTimeout", value, 100, 86_400_000);
            return this;
        }

        /**
         * The longest time for the end of a WebSocket, before it is aborted: for queued messages and for the peer's answer to a close
         * frame. Default 5 s.
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = HostOption.time("closeTimeout", value, 10, 600_000);
            return this;
        }

        /**
         * Attaches an object to each request, for {@link io.everwire.Handshake#host}: the user's details or the id of the HTTP session,
         * for example. A second source for the same type replaces the first one.
         *
         * @param source returns the object, or null if the request has none; called on a container's thread, in the filter. The object
         *     must stay valid after the request
         */
        public <T> Builder attach(Class<T> type, Function<HttpServletRequest, @Nullable T> source) {
            attachments.put(type, source::apply);
            return this;
        }

        /** Returns the options. */
        public ServletOptions build() {
            return new ServletOptions(new Builder(this));
        }
    }
}
