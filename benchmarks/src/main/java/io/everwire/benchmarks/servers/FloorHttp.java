package io.everwire.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP of {@link FloorServer}: handshakes, and polls that are answered with the last POST. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class FloorHttp extends ChannelInboundHandlerAdapter {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final ByteBuf OK = constant("ok");

    private final FloorRooms rooms;
    private final @Nullable FloorJson json;
    private @Nullable HttpRequest request;
    private int sessions;

    FloorHttp(FloorRooms rooms, @Nullable FloorJson json) {
        this.rooms = rooms;
        this.json = json;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            request = head;
        }
        if (message instanceof LastHttpContent last && request != null) {
            answer(ctx, request, last);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    static void reply(ChannelHandlerContext ctx, ByteBuf body) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        ctx.writeAndFlush(response, ctx.voidPromise());
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest head, HttpContent last) {
        Map<String, List<String>> query = new QueryStringDecoder(head.uri()).parameters();
        List<String> client = query.get("sid");
        if (head.headers().contains(HttpHeaderNames.UPGRADE)) {
            last.release();
            upgrade(ctx, head, query);
        } else if (client == null) {
            last.release();
            String sid = ctx.channel().id().asShortText() + sessions++;
            reply(ctx, Unpooled.copiedBuffer("0{\"sid\":\"" + sid + "\"}", StandardCharsets.US_ASCII));
        } else if (head.method().equals(HttpMethod.POST)) {
            reply(ctx, OK.duplicate());
            rooms.post(client.get(0), last.content());
        } else {
            last.release();
            rooms.poll(client.get(0), ctx);
        }
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest head, Map<String, List<String>> query) {
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(head.headers().get("Sec-WebSocket-Key")) + "\r\n\r\n";
        // With "0" in a text frame, the packet that a new client expects.
        String begins = query.containsKey("sid") ? "" : "\u0081\u00010";
        ByteBuf bytes = ctx.alloc().buffer();
        bytes.writeCharSequence(answer + begins, StandardCharsets.ISO_8859_1);
        ctx.pipeline().addLast(new FloorSocket(rooms, query.getOrDefault("publish", List.of("")), json));
        ctx.pipeline().remove(HttpServerCodec.class);
        ctx.writeAndFlush(bytes, ctx.voidPromise());
        if (query.containsKey("join")) {
            rooms.join(query.get("join").get(0), ctx.channel());
        }
        ctx.pipeline().remove(this);
    }

    private static String accept(String key) {
        try {
            byte[] bytes = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
