package io.everwire.spring.boot;

import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.WebSocketSupport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The options of the servlet host as properties. Defaults and ranges are those of {@link ServletOptions}.
 *
 * @param filterOrder Order of the filter. It must be after the filter of Spring Security, whose order is -100, so that the handshake has
 *     the user.
 * @param webSocket Way in which WebSockets are served.
 * @param gen0 Whether clients of Socket.IO 0.6 are served. Settings of Spring Security and of Jetty must accept "//" in paths.
 * @param eventLoops Number of event loops. Default: one for each processor.
 * @param minBodyRate Lowest rate at which a body may arrive, in bytes per second.
 * @param maxOpenPosts Largest number of requests of one session whose bodies are incomplete.
 * @param maxDiscarded Number of bytes of an unwanted body that are discarded while a streamed response is sent.
 * @param maxFragments Largest number of fragments of a WebSocket message.
 * @param maxWaitingThreads Largest number of threads of the container that wait at one time.
 * @param bodyTimeout Longest time for the body of a request that arrives slowly.
 * @param requestTimeout Longest time for the body of a request at any rate.
 * @param closeTimeout Longest time for the end of a WebSocket.
 */
@ConfigurationProperties("everwire.servlet")
public record ServletProperties(
        @DefaultValue("-50") int filterOrder,
        @DefaultValue("auto") WebSocketSupport webSocket,
        @DefaultValue("false") boolean gen0,
        @Nullable Integer eventLoops,
        @DefaultValue("1000") int minBodyRate,
        @DefaultValue("8") int maxOpenPosts,
        @DefaultValue("1MB") DataSize maxDiscarded,
        @DefaultValue("16384") int maxFragments,
        @DefaultValue("16") int maxWaitingThreads,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("5m") Duration requestTimeout,
        @DefaultValue("5s") Duration closeTimeout) {

    /** @throws IllegalArgumentException if a value is out of range; the message names the option */
    ServletOptions.Builder options() {
        ServletOptions.Builder builder = ServletOptions.builder()
                .webSocket(webSocket)
                .gen0(gen0)
                .minBodyRate(minBodyRate)
                .maxOpenPosts(maxOpenPosts)
                .maxDiscarded(PropertyOptions.bytes("maxDiscarded", maxDiscarded))
                .maxFragments(maxFragments)
                .maxWaitingThreads(maxWaitingThreads)
                .bodyTimeout(bodyTimeout)
                .requestTimeout(requestTimeout)
                .closeTimeout(closeTimeout);
        return eventLoops == null ? builder : builder.eventLoops(eventLoops);
    }
}
