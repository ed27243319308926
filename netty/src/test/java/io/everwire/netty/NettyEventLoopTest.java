package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NettyEventLoopTest {
    private final DefaultEventLoop thread = new DefaultEventLoop();
    private final NettyEventLoop loop = NettyEventLoop.of(thread);
    private final List<String> flushed = new ArrayList<>();

    @AfterEach
    void shutDown() throws Exception {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(60, TimeUnit.SECONDS);
    }

    /** B6: the copies of a broadcast to thousands were all in memory before the first flush. */
    @Test
    void aLargeBroadcastIsFlushedInParts() throws Exception {
        List<String> before = thread.submit(() -> {
                    loop.flushSoon(() -> flushed.add("a"));
                    loop.gathered(600_000);
                    loop.flushSoon(() -> flushed.add("b"));
                    List<String> early = List.copyOf(flushed);
                    loop.gathered(600_000);
                    loop.flushSoon(() -> flushed.add("c"));
                    return List.of(early.toString(), flushed.toString());
                })
                .get(60, TimeUnit.SECONDS);

        assertThat(before).containsExactly("[]", "[a, b]");
        assertThat(thread.submit(() -> List.copyOf(flushed)).get(60, TimeUnit.SECONDS))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aWriterThatFailsKeepsNoOtherFromItsFlush() throws Exception {
        thread.submit(() -> {
                    loop.flushSoon(() -> {
                        throw new OutOfMemoryError("of the test");
                    });
                    loop.flushSoon(() -> flushed.add("other"));
                })
                .get(60, TimeUnit.SECONDS);

        assertThat(thread.submit(() -> List.copyOf(flushed)).get(60, TimeUnit.SECONDS))
                .containsExactly("other");
    }
}
