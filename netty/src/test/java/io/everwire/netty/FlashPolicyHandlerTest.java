package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Flash's request for the policy, on the port that it wants to use. */
class FlashPolicyHandlerTest {
    private static final String REQUEST = "<policy-file-request/>\0";

    private final EchoServer echo = new EchoServer();

    private EmbeddedChannel pipeline() {
        return new EmbeddedChannel(
                new FlashPolicyHandler(echo.engine(), NettyOptions.DEFAULTS),
                new HttpServerCodec(),
                new SocketIoHandler(echo.engine(), NettyOptions.DEFAULTS, false));
    }

    private static void receive(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return text.toString();
    }

    /** F15: over slow links the request arrives in parts, which the original treated as HTTP. */
    @Test
    void theRequestMayBeCutAnywhere() {
        for (int cut = 0; cut < REQUEST.length(); cut++) {
            EmbeddedChannel channel = pipeline();
            receive(channel, REQUEST.substring(0, cut));
            assertThat(sent(channel)).isEmpty();
            receive(channel, REQUEST.substring(cut));
            assertThat(sent(channel)).startsWith("<?xml ").endsWith("</cross-domain-policy>\n");
            assertThat(channel.isOpen()).isFalse();
        }
        EmbeddedChannel channel = pipeline();
        REQUEST.chars().forEach(c -> receive(channel, String.valueOf((char) c)));
        assertThat(sent(channel)).startsWith("<?xml ");
    }

    @Test
    void otherBytesArePassedOnCompletely() {
        EmbeddedChannel http = pipeline();
        receive(http, "GET /echo/ignore HT");
        receive(http, "TP/1.1\r\n\r\n");
        assertThat(sent(http)).startsWith("HTTP/1.1 200 OK").endsWith("ignored");
        assertThat(http.pipeline().get(FlashPolicyHandler.class)).isNull();
        receive(http, REQUEST);
        assertThat(sent(http)).doesNotContain("<?xml");
        http.finishAndReleaseAll();
        for (int cut = 1; cut < REQUEST.length(); cut++) {
            EmbeddedChannel channel = new EmbeddedChannel(new FlashPolicyHandler(echo.engine(), NettyOptions.DEFAULTS));
            receive(channel, REQUEST.substring(0, cut));
            receive(channel, "\r\n");
            ByteBuf handed = Unpooled.buffer();
            for (ByteBuf bytes = channel.readInbound(); bytes != null; bytes = channel.readInbound()) {
                handed.writeBytes(bytes);
                bytes.release();
            }
            assertThat(handed.toString(StandardCharsets.ISO_8859_1)).isEqualTo(REQUEST.substring(0, cut) + "\r\n");
        }
    }

    @Test
    void halfARequestDoesNotOccupyAConnection() {
        EmbeddedChannel channel = pipeline();
        channel.freezeTime();
        receive(channel, "<policy");
        channel.advanceTimeBy(NettyOptions.DEFAULTS.headTimeout().toMillis() - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        receive(channel, "-");
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(sent(channel)).isEmpty();
    }
}
