package io.everwire.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The threads of clients that belong to a link, and the way in which they write. Lettuce alone writes each command to the socket for itself:
 * three broadcasts of one handler were three packets, which woke Redis and every receiver three times. Here, the commands of one turn of the
 * event loop are written together ({@code ./everwire bench cluster}).
 */
final class OwnResources implements NettyCustomizer {
    /** One thread for the two connections of a link: the answers of Redis and its messages arrive together. */
    private static final int THREADS = 1;

    /** The number of commands that are written together at most. */
    private static final int COMMANDS = 256;

    private static final long SHUTDOWN_SECONDS = 2;

    private OwnResources() {}

    /** Returns the resources of a client with two connections. */
    static ClientResources create() {
        return ClientResources.builder()
                .eventLoopGroupProvider(new DefaultEventLoopGroupProvider(THREADS))
                .nettyCustomizer(new OwnResources())
                .build();
    }

    /** Returns the resources of a client for Redis Cluster: connections to many servers, on as many threads as Lettuce chooses. */
    static ClientResources createForCluster() {
        return ClientResources.builder().nettyCustomizer(new OwnResources()).build();
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(COMMANDS, true));
    }

    /** Shuts a client and its threads down, without a quiet period. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody can wait for it: this may be one of the threads that end.
    static CompletionStage<Void> shutdown(AbstractRedisClient client) {
        ClientResources resources = client.getResources();
        return client.shutdownAsync(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .whenComplete((closed, failure) -> resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS));
    }
}
