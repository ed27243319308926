package io.everwire.netty;

import io.everwire.engine.RateLimitedLog;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection that are for routes and files, and passes on the others. Stands behind the
 * {@link SocketIoHandler}, which passes on one request at a time. Called on the event loop, except for the handlers of
 * routes and for reading files.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class RoutesHandler extends ChannelInboundHandlerAdapter {
    private static final RateLimitedLog routeFailed = new RateLimitedLog(RoutesHandler.class);
    private static final RateLimitedLog notRead = new RateLimitedLog(RoutesHandler.class);

    private enum State {
        /** Passes on what arrives. */
        PASSING,
        /** Gathers the body for a route. */
        GATHERING,
        /** Holds the request until it is known whether a file has its name. */
        HOLDING,
        /** Discards the rest of a request that is answered, or will be. */
        ANSWERING
    }

    private final Routes routes;
    private final NettyOptions options;
    private final ServerAccess server;
    private final FileThreads fileThreads;
    private final List<HttpObject> held = new ArrayList<>(0);

    private State state = State.PASSING;

    /** The current request, from its head on. */
    private @Nullable HttpRequest request;

    private @Nullable RouteHandler handler;
    private @Nullable ByteArrayOutputStream body;

    /** The last content of the request has arrived. */
    private boolean complete;

    RoutesHandler(Routes routes, NettyOptions options, ServerAccess server, FileThreads fileThreads) {
        this.routes = routes;
        this.options = options;
        this.server = server;
        this.fileThreads = fileThreads;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        complete = message instanceof LastHttpContent;
        switch (state) {
            case PASSING -> ctx.fireChannelRead(message);
            case HOLDING -> held.add(object);
            case GATHERING -> {
                if (message instanceof HttpContent content) {
                    gather(ctx, content);
                }
                ReferenceCountUtil.release(message);
            }
            case ANSWERING -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        request = head;
        complete = false;
        state = State.PASSING;
        String path = Routes.path(head.uri());
        String method = head.method().name();
        handler = routes.handler(method, path);
        String allowed = routes.methods(path);
        if (handler != null) {
            beginRoute(ctx, head);
        } else if (!allowed.isEmpty()) {
            state = State.ANSWERING;
            answer(
                    ctx,
                    RouteResponse.text("The method is not allowed.\n")
                            .status(405)
                            .header("Allow", allowed));
        } else if (isRead(head) && routes.mayBeFile(path)) {
            state = State.HOLDING;
            String noneMatch = head.headers().get(HttpHeaderNames.IF_NONE_MATCH);
            String since = head.headers().get(HttpHeaderNames.IF_MODIFIED_SINCE);
            boolean page = head.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html");
            onFileThread(ctx, () -> {
                FileContent file = routes.file(path, page);
                boolean known = file != null && !file.isRedirect() && file.isKnown(noneMatch, since);
                ctx.executor().execute(() -> found(ctx, file, known));
            });
        }
    }

    /** Returns whether a request can be for a file: it reads, has no body and does not ask for a WebSocket. */
    private static boolean isRead(HttpRequest request) {
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        return reads && RequestBody.announcedLength(request) == 0 && !HeadRules.changesFraming(request);
    }

    // Routes

    private void beginRoute(ChannelHandlerContext ctx, HttpRequest head) {
        long announced = RequestBody.announcedLength(head);
        if (announced > routes.maxBody()) {
            tooLarge(ctx);
            return;
        }
        state = State.GATHERING;
        body = new ByteArrayOutputStream((int) Math.max(0, Math.min(announced, 1024)));
        if (announced != 0 && HttpUtil.is100ContinueExpected(head)) {
            ctx.writeAndFlush(ErrorResponses.continue100());
        }
    }

    private void gather(ChannelHandlerContext ctx, HttpContent content) {
        ByteArrayOutputStream gathered = Objects.requireNonNull(body);
        if (content.content().readableBytes() > routes.maxBody() - gathered.size()) {
            tooLarge(ctx);
            return;
        }
        byte[] bytes = new byte[content.content().readableBytes()];
        content.content().getBytes(content.content().readerIndex(), bytes);
        gathered.writeBytes(bytes);
        if (content instanceof LastHttpContent) {
            call(ctx, gathered.toByteArray());
        }
    }

    private void tooLarge(ChannelHandlerContext ctx) {
        state = State.ANSWERING;
        body = null;
        server.engine()
                .limits()
                .report(new ReachedLimit("maxRouteBody", routes.maxBody(), routes.maxBody() + 1L), "request rejected");
        answer(
                ctx,
                RouteResponse.text("The body exceeds the limit maxRouteBody = " + routes.maxBody() + ".\n")
                        .status(413));
    }

    private void call(ChannelHandlerContext ctx, byte[] content) {
        state = State.ANSWERING;
        body = null;
        RouteHandler called = Objects.requireNonNull(handler);
        HttpRequest current = Objects.requireNonNull(request);
        RequestHead head = server.engine()
                .options()
                .proxies()
                .seenThrough(new NettyRequestHead(current, ctx.channel(), options.webSocketDrafts()));
        RouteRequest asked = new RouteRequest(head, content);
        server.execute(() -> {
            RouteResponse response = response(called, asked);
            ctx.executor().execute(() -> answer(ctx, response));
        });
    }

    private static RouteResponse response(RouteHandler called, RouteRequest asked) {
        try {
            return Objects.requireNonNull(called.handle(asked), "a route returned null");
        } catch (Exception e) {
            routeFailed.error(e, "a route failed");
            return RouteResponse.text("The server failed.\n").status(500);
        }
    }

    // Files

    private void onFileThread(ChannelHandlerContext ctx, Runnable task) {
        try {
            fileThreads.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    notRead.error(e, "a file could not be read");
                    ctx.close();
                }
            });
        } catch (RejectedExecutionException portClosed) {
            ctx.close();
        }
    }

    /** Answers the held request with a file, or passes it on. */
    private void found(ChannelHandlerContext ctx, @Nullable FileContent file, boolean known) {
        if (state != State.HOLDING) {
            return;
        }
        if (file == null) {
            state = State.PASSING;
            List<HttpObject> passed = new ArrayList<>(held);
            held.clear();
            passed.forEach(ctx::fireChannelRead);
            ctx.fireChannelReadComplete();
            return;
        }
        state = State.ANSWERING;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        if (file.isRedirect()) {
            answer(ctx, RouteResponse.of(301).header("Location", file.type()));
        } else if (known) {
            write(ctx, message(HttpResponseStatus.NOT_MODIFIED, file.responseHeaders(), null));
        } else {
            List<String> headers = new ArrayList<>(List.of("Content-Type", file.type()));
            headers.addAll(file.responseHeaders());
            FullHttpResponse head = message(HttpResponseStatus.OK, headers, new byte[0]);
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, file.length());
            if (isHead()) {
                write(ctx, head);
            } else if (file.bytes() != null) {
                write(ctx, head.replace(Unpooled.wrappedBuffer(file.bytes())));
            } else {
                setConnection(head);
                new FileSender(ctx, Objects.requireNonNull(file.file()), file.length(), options, this::onFileThread)
                        .send(head);
            }
        }
    }

    // Responses

    private boolean isHead() {
        return request != null && HttpMethod.HEAD.equals(request.method());
    }

    private void answer(ChannelHandlerContext ctx, RouteResponse response) {
        write(ctx, message(HttpResponseStatus.valueOf(response.status()), response.headers(), response.content()));
    }

    /** Returns a response; one to HEAD has the length of its content, but not the content. */
    private FullHttpResponse message(HttpResponseStatus status, List<String> headers, byte @Nullable [] content) {
        boolean bodiless = content == null
                || status.equals(HttpResponseStatus.NO_CONTENT)
                || status.equals(HttpResponseStatus.NOT_MODIFIED);
        byte[] bytes = content == null ? new byte[0] : content;
        boolean silent = bodiless || isHead();
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, silent ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes));
        ResponseMessages.add(message, headers);
        if (!bodiless) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        return message;
    }

    private void write(ChannelHandlerContext ctx, FullHttpResponse message) {
        setConnection(message);
        ctx.writeAndFlush(message);
    }

    /** A request whose body has not arrived ends the connection, which saves reading it. */
    private void setConnection(FullHttpResponse message) {
        HttpRequest answered = Objects.requireNonNull(request);
        boolean rest = !complete && RequestBody.announcedLength(answered) != 0;
        boolean last = rest || !HttpUtil.isKeepAlive(answered) || HeadRules.changesFraming(answered);
        ResponseMessages.setConnection(message, answered.protocolVersion(), last, options.announcedKeepAlive());
    }
}
