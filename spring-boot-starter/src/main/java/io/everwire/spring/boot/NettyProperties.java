package io.everwire.spring.boot;

import io.everwire.netty.IoBackend;
import io.everwire.netty.NettyOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The options of the Netty host as properties. Defaults and ranges are those of {@link NettyOptions}. Those marked "Port" have no effect
 * on Reactor Netty.
 *
 * @param ioBackend Port: interface of the operating system.
 * @param workerThreads Port: number of event loops. Default: one for each processor.
 * @param backlog Port: number of connections that the operating system queues.
 * @param maxConnections Port: largest number of open connections.
 * @param maxRequestLine Port: longest request line.
 * @param maxHeaderBytes Port: largest size of all headers of a request.
 * @param maxHeaderCount Port: largest number of headers of a request.
 * @param minBodyRate Lowest rate at which a body may arrive, in bytes per second.
 * @param maxOpenPosts Largest number of requests of one session whose bodies are incomplete.
 * @param maxPipelined Number of requests of one connection that are queued behind an unanswered one.
 * @param maxDiscarded Number of bytes of an unwanted body that are discarded before the connection is closed.
 * @param maxFragments Largest number of fragments of a WebSocket message.
 * @param webSocketDrafts Whether WebSockets of hixie-75 and hixie-76 are granted.
 * @param flashPolicy Port: whether Flash is served its policy.
 * @param flashPolicyPort Port: another port that serves Flash its policy; -1 for none.
 * @param headTimeout Port: longest time for the head of a request.
 * @param bodyTimeout Longest time for the body of a request that arrives slowly.
 * @param requestTimeout Longest time for the body of a request at any rate.
 * @param keepAliveTimeout Port: longest idle time between two requests of a connection.
 * @param closeTimeout Longest time for the end of a connection.
 */
@ConfigurationProperties("everwire.netty")
public record NettyProperties(
        @DefaultValue("auto") IoBackend ioBackend,
        @Nullable Integer workerThreads,
        @DefaultValue("1024") int backlog,
        @DefaultValue("100000") int maxConnections,
        @DefaultValue("16KB") DataSize maxRequestLine,
        @DefaultValue("16KB") DataSize maxHeaderBytes,
        @DefaultValue("2000") int maxHeaderCount,
        @DefaultValue("1000") int minBodyRate,
        @DefaultValue("8") int maxOpenPosts,
        @DefaultValue("16") int maxPipelined,
        @DefaultValue("1MB") DataSize maxDiscarded,
        @DefaultValue("16384") int maxFragments,
        @DefaultValue("true") boolean webSocketDrafts,
        @DefaultValue("false") boolean flashPolicy,
        @DefaultValue("-1") int flashPolicyPort,
        @DefaultValue("1m") Duration headTimeout,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("5m") Duration requestTimeout,
        @DefaultValue("2m") Duration keepAliveTimeout,
        @DefaultValue("5s") Duration closeTimeout) {

    /** @throws IllegalArgumentException if a value is out of range; the message names the option */
    NettyOptions options() {
        NettyOptions.Builder builder = NettyOptions.builder()
                .ioBackend(ioBackend)
                .backlog(backlog)
                .maxConnections(maxConnections)
                .maxRequestLine(PropertyOptions.bytes("maxRequestLine", maxRequestLine))
                .maxHeaderBytes(PropertyOptions.bytes("maxHeaderBytes", maxHeaderBytes))
                .maxHeaderCount(maxHeaderCount)
                .minBodyRate(minBodyRate)
                .maxOpenPosts(maxOpenPosts)
                .maxPipelined(maxPipelined)
                .maxDiscarded(PropertyOptions.bytes("maxDiscarded", maxDiscarded))
                .maxFragments(maxFragments)
                .webSocketDrafts(webSocketDrafts)
                .flashPolicy(flashPolicy)
                .flashPolicyPort(flashPolicyPort)
                .headTimeout(headTimeout)
                .bodyTimeout(bodyTimeout)
                .requestTimeout(requestTimeout)
                .keepAliveTimeout(keepAliveTimeout)
                .closeTimeout(closeTimeout);
        if (workerThreads != null) {
            builder.workerThreads(workerThreads);
        }
        return builder.build();
    }
}
