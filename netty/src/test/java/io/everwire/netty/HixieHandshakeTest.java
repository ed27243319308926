package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.RequestHead;
import io.everwire.testkit.host.EchoServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The handshakes of hixie-75 and hixie-76 in a pipeline, with their bytes in one read or several. */
class HixieHandshakeTest {
    private static final String REQUEST_75 = "GET /echo/ws HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
            + "Host: 127.0.0.1:8618\r\nOrigin: http://127.0.0.1:8618\r\n";

    private static final String REQUEST_76 = REQUEST_75 + "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\n"
            + "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\r\n^n:ds[4U";

    private static final String HEAD_76 = "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Origin: http://127.0.0.1:8618\r\n"
            + "Sec-WebSocket-Location: ws://127.0.0.1:8618/echo/ws\r\n\r\n";

    private static final String HEAD_75 = "HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\nWebSocket-Origin: http://127.0.0.1:8618\r\n"
            + "WebSocket-Location: ws://127.0.0.1:8618/echo/ws\r\n\r\n";

    private static final String FRAMES = "\0hello\u00FF\0\u00E2\u0082\u00AC\u00FF\u00FF\0";

    private final EchoServer echo = new EchoServer();
    private final List<Object> seen = new ArrayList<>();

    private EmbeddedChannel pipeline(NettyOptions options, ChannelHandler... codec) {
        EmbeddedChannel channel = new EmbeddedChannel(codec);
        channel.pipeline().addLast(new SocketIoHandler(echo.engine(), options, false), new Application());
        return channel;
    }

    private static void receive(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
    }

    /** Returns the bytes that were sent, as text, with the random id of the session replaced by {@code SID}. */
    private static String sent(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        return all.toString(StandardCharsets.ISO_8859_1).replaceAll("sid [\\w-]{20}", "SID");
    }

    @Test
    void draft75CutAnywhere() {
        // Draft 75 has no closing handshake: the server answers FF 00 by closing.
        cutAnywhere(REQUEST_75 + "\r\n" + FRAMES, HEAD_75 + "\0SID\u00FF" + FRAMES.substring(0, FRAMES.length() - 2));
    }

    @Test
    void draft76CutAnywhere() {
        cutAnywhere(REQUEST_76 + FRAMES, HEAD_76 + "8jKS'y:G*Co,Wxa-\0SID\u00FF" + FRAMES);
    }

    private void cutAnywhere(String request, String answer) {
        for (int cut = 0; cut < request.length(); cut++) {
            EmbeddedChannel channel = pipeline(NettyOptions.DEFAULTS, new HttpServerCodec());
            receive(channel, request.substring(0, cut));
            receive(channel, request.substring(cut));
            assertThat(sent(channel)).as("cut at " + cut).isEqualTo(answer);
            assertThat(channel.isOpen()).isFalse();
            assertThat(seen).isEmpty();
        }
        EmbeddedChannel channel = pipeline(NettyOptions.DEFAULTS, new HttpServerCodec());
        request.chars().forEach(c -> receive(channel, String.valueOf((char) c)));
        assertThat(sent(channel)).isEqualTo(answer);
    }

    /** F18: HAProxy passes the nonce on only after the head of the response. */
    @Test
    void theHeadDoesNotWaitForTheNonce() {
        EmbeddedChannel channel = pipeline(NettyOptions.DEFAULTS, new HttpServerCodec());
        receive(channel, REQUEST_76.substring(0, REQUEST_76.length() - 8));
        assertThat(sent(channel)).isEqualTo(HEAD_76);
        receive(channel, "^n:ds[4");
        assertThat(sent(channel)).isEmpty();
        receive(channel, "U");
        assertThat(sent(channel)).isEqualTo("8jKS'y:G*Co,Wxa-\0SID\u00FF");
        channel.finishAndReleaseAll();
    }

    @Test
    void anAggregatorOrACodecInTwoPartsWillDo() {
        EmbeddedChannel aggregated =
                pipeline(NettyOptions.DEFAULTS, new HttpServerCodec(), new HttpObjectAggregator(1000));
        receive(aggregated, REQUEST_76 + FRAMES);
        assertThat(sent(aggregated)).startsWith(HEAD_76 + "8jKS'y:G*Co,Wxa-\0SID\u00FF\0hello\u00FF");
        EmbeddedChannel parts = pipeline(NettyOptions.DEFAULTS, new HttpRequestDecoder(), new HttpResponseEncoder());
        receive(parts, REQUEST_76 + FRAMES);
        assertThat(sent(parts)).startsWith(HEAD_76 + "8jKS'y:G*Co,Wxa-\0SID\u00FF\0hello\u00FF");
        assertThat(parts.pipeline().get(HttpRequestDecoder.class)).isNull();
    }

    @Test
    void switchedOffTheyAreRejectedAndLast() {
        NettyOptions options = NettyOptions.builder().webSocketDrafts(false).build();
        for (String request : List.of(REQUEST_75 + "\r\n", REQUEST_76)) {
            EmbeddedChannel channel = pipeline(options, new HttpServerCodec());
            receive(channel, request + "GET /echo/ignore HTTP/1.1\r\n\r\n");
            assertThat(sent(channel)).startsWith("HTTP/1.1 400 ").doesNotContain("ignored");
            assertThat(channel.isOpen()).isFalse();
            channel.finishAndReleaseAll();
        }
    }

    /** S11: the original closed their connections. */
    @Test
    void upgradesOfOthersAreTheirs() {
        EmbeddedChannel channel = pipeline(NettyOptions.DEFAULTS, new HttpServerCodec());
        receive(channel, REQUEST_76.replace("/echo/ws", "/app"));
        assertThat(seen).isNotEmpty();
        assertThat(channel.isOpen()).isTrue();
        assertThat(sent(channel)).isEmpty();
        seen.forEach(ReferenceCountUtil::release);
        channel.finishAndReleaseAll();
    }

    @Test
    void theExampleOfTheDraft() {
        assertThat(HixieHandshake.number("4 @1  46546xW%0l 1 5")).isEqualTo(829_309_203);
        assertThat(HixieHandshake.number("12998 5 Y3 1  .P00")).isEqualTo(259_970_620);
        byte[] digest = HixieHandshake.digest(829_309_203, 259_970_620, "^n:ds[4U".getBytes(StandardCharsets.US_ASCII));
        assertThat(digest).asString(StandardCharsets.ISO_8859_1).isEqualTo("8jKS'y:G*Co,Wxa-");
    }

    /** F5: the original logged the key and continued. */
    @Test
    void keysThatSayNothing() {
        for (String key : List.of(
                "", " ", "1", "a b", "1 2 3", "4294967296 ", "18446744073709551616  ", "9".repeat(5000) + " ")) {
            assertThat(HixieHandshake.number(key)).as(key).isEqualTo(-1);
        }
        assertThat(HixieHandshake.number(null)).isEqualTo(-1);
        assertThat(HixieHandshake.number("4294967295 ")).isEqualTo(4_294_967_295L);
        assertThat(HixieHandshake.number(" 0 ")).isZero();
    }

    /** F20: the client compares the scheme with the one of its own address. */
    @Test
    void theLocationSaysWhetherThereIsTls() {
        assertThat(HixieHandshake.location(new Head(false))).isEqualTo("ws://example.com/echo/ws?a=b");
        assertThat(HixieHandshake.location(new Head(true))).isEqualTo("wss://example.com/echo/ws?a=b");
    }

    private record Head(boolean secure) implements RequestHead {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String target() {
            return "/echo/ws?a=b";
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals("Host") ? "example.com" : null;
        }

        @Override
        public void forEachHeader(BiConsumer<String, String> visitor) {}

        @Override
        public InetSocketAddress remoteAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }

        @Override
        public boolean upgrade() {
            return true;
        }
    }

    /** Records the messages that reach the application. */
    private final class Application extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            seen.add(message);
        }
    }
}
