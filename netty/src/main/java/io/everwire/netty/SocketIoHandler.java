package io.everwire.netty;

import io.everwire.SocketIoServer;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the server to an HTTP pipeline: stands after the {@code HttpServerCodec} (and an {@code HttpObjectAggregator},
 * if there is one) and before the application's own handlers. What the server does not take goes on to them
 * untouched, requests to become a WebSocket included.
 *
 * <pre>{@code
 * pipeline.addLast(new HttpServerCodec());
 * pipeline.addLast(SocketIoHandler.create(server));
 * pipeline.addLast(new MyOwnHandler());
 * }</pre>
 *
 * <p>One for each channel, on the channel's own event loop. A connection is answered one request at a time, in order,
 * whoever answers: while a request is unanswered the ones behind it wait here, so the application may answer later and
 * from any thread. When a connection becomes a WebSocket of ours, the codec and this handler leave the pipeline, and
 * the application's handlers hear no more of it than that it closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
public final class SocketIoHandler extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(SocketIoHandler.class);

    private final Engine engine;
    private final NettyOptions options;
    private final boolean ownsPort;

    private @Nullable ChannelHandlerContext context;
    private @Nullable NettyEventLoop loop;
    private @Nullable PipelinedRequests waiting;
    private @Nullable HttpResponseWriter outlet;
    private @Nullable ConnectionTimeouts deadlines;

    /** The request being received or answered, if it is ours. */
    private @Nullable NettyExchange ours;

    /** The answer being awaited, if it is the application's. */
    private @Nullable ApplicationResponseTracker theirs;

    private boolean receiving;
    private boolean taking;
    private boolean lastAnswer;
    private boolean closing;

    /** @param ownsPort whether heads, and rests between requests, are to be bounded here too */
    SocketIoHandler(Engine engine, NettyOptions options, boolean ownsPort) {
        this.engine = engine;
        this.options = options;
        this.ownsPort = ownsPort;
    }

    /** A handler for one channel, with the default options. */
    public static SocketIoHandler create(SocketIoServer server) {
        return create(server, NettyOptions.DEFAULTS);
    }

    /** A handler for one channel. */
    public static SocketIoHandler create(SocketIoServer server, NettyOptions options) {
        return new SocketIoHandler(server.engine().core(), options, false);
    }

    ConnectionTimeouts deadlines() {
        return Objects.requireNonNull(deadlines);
    }

    // The channel's life

    /** @throws IllegalStateException if it was given an executor of its own: order would be lost between two threads */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().eventLoop().equals(ctx.executor())) {
            throw new IllegalStateException(
                    "SocketIoHandler must run on its channel's event loop, without an executor");
        }
        context = ctx;
        loop = NettyEventLoop.of(ctx.channel().eventLoop());
        outlet = new HttpResponseWriter(ctx, loop, options, engine.budget());
        waiting = new PipelinedRequests(ctx.channel().config(), options.maxPipelined());
        deadlines = new ConnectionTimeouts(loop, options, ownsPort, () -> PendingWriteBytes.of(ctx.channel()), this::late);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadlines().begin(ConnectionTimeouts.Phase.HEAD);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        abandon();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadlines != null && waiting != null) {
            deadlines.cancel();
            waiting.clear();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent stage) {
            stop(stage);
            return;
        }
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ownsPort || ours != null || closing) {
            log.debug("connection closed: {}", LogSanitizer.of(cause));
            drop();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Ends all that is under way; what was written may still leave. */
    private void abandon() {
        closing = true;
        deadlines().cancel();
        if (ours != null) {
            ours.gone();
        }
        waiting().clear();
    }

    /** The peer will send no more. It cannot want the answer to a poll; it may want that of the application. */
    private void inputEnded() {
        lastAnswer |= ownsPort;
        if (ours != null && !ours.done()) {
            drop();
        } else if (ownsPort && theirs == null) {
            closeAfterFlush();
        }
    }

    private void stop(ShutdownEvent stage) {
        lastAnswer = true;
        if (stage == ShutdownEvent.STOPPING && free()) {
            closeAfterFlush();
        }
    }

    private void closeAfterFlush() {
        closing = true;
        outlet().close();
    }

    // Requests

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        outlet().readBegins();
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof HttpObject object)) {
            ctx.fireChannelRead(message);
        } else if (waiting().add(object)) {
            pump();
        } else {
            log.debug("connection closed: too many requests wait for the answer to an earlier one");
            drop();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        outlet().readEnds();
        ctx.fireChannelReadComplete();
        // An application that asks for each read by itself does not know that it must ask for those that were ours.
        if (!ctx.channel().config().isAutoRead() && !waiting().paused() && ours != null) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        NettyExchange.writableChanged(ours);
        pump();
        ctx.fireChannelWritabilityChanged();
    }

    /** Whether the answer being sent now is the last one. */
    private boolean ending() {
        return lastAnswer && waiting().isEmpty();
    }

    /** Whether nobody is being waited for to answer. */
    private boolean free() {
        return theirs == null && (ours == null || ours.done());
    }

    /** Takes what waits and can be answered; a peer that does not read its answers is not given more of them. */
    private void pump() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            HttpObject next = waiting().poll(free() && ctx().channel().isWritable());
            while (next != null) {
                take(ctx(), next);
                next = waiting().poll(free() && ctx().channel().isWritable());
            }
        } finally {
            taking = false;
        }
        resume();
    }

    /** Goes on reading, if there is no reason left not to. */
    void resume() {
        if (ours == null || !ours.body().full()) {
            waiting().resume();
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpRequest request) {
            begin(ctx, request);
        }
        NettyExchange taker = ours;
        boolean last = message instanceof LastHttpContent;
        receiving = !last;
        if (taker == null) {
            deadlines().progress(message);
            afterContent(last);
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (message instanceof HttpContent content) {
                content(taker, content, last);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        receiving = true;
        NettyRequestHead head = new NettyRequestHead(request, ctx.channel(), options.webSocketDrafts());
        NettyExchange exchange = new NettyExchange(this, engine, Objects.requireNonNull(loop), head, request);
        ours = exchange;
        HttpResponseStatus refusal =
                ErrorResponses.refusal(request, ownsPort ? options.maxHeaderCount() : Integer.MAX_VALUE);
        if (refusal != null) {
            log.debug("request refused: {}", refusal);
            refuse(exchange, refusal);
            return;
        }
        deadlines().begin(ownsPort ? ConnectionTimeouts.Phase.BODY : ConnectionTimeouts.Phase.ANSWER);
        try {
            if (!engine.serve(exchange)) {
                ours = null;
                theirs = new ApplicationResponseTracker(request);
            } else if (exchange.body().coming() && !closing) {
                deadlines().begin(ConnectionTimeouts.Phase.BODY);
            }
        } catch (RuntimeException e) {
            log.error("a request could not be served", e);
            refuse(exchange, HttpResponseStatus.INTERNAL_SERVER_ERROR);
        }
    }

    private void content(NettyExchange taker, HttpContent content, boolean last) {
        if (closing) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(taker, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        deadlines().progress(content);
        taker.content(content.content(), last);
        if (taker.body().discarded() > options.maxDiscarded() && (taker.done() || taker.begun()) && !closing) {
            closeAfterFlush();
        } else if (taker.body().full()) {
            waiting().pause();
        }
        if (last && !closing) {
            EngineSession slot = taker.upgradeTo();
            if (slot != null && !taker.done()) {
                upgrade(taker, slot);
            } else {
                afterContent(true);
            }
        }
    }

    private void afterContent(boolean last) {
        if (last) {
            deadlines().begin(free() ? ConnectionTimeouts.Phase.REST : ConnectionTimeouts.Phase.ANSWER);
        }
    }

    /** Makes a request the line of a session, once it is complete. Called when that is granted and when it is complete. */
    void upgrade(NettyExchange exchange, EngineSession slot) {
        // A peer that had to wait for its upgrade must not have sent more: it was read as HTTP and is lost.
        boolean late = exchange.complete() && (!waiting().isEmpty() || lastAnswer);
        if (late || !WebSocketHandshaker.begin(exchange, outlet())) {
            drop();
        } else if (exchange.complete()) {
            WebSocketHandshaker.perform(ctx(), exchange, slot, engine.options(), options);
        }
    }

    // Answers

    /** Sends the answer to {@code from} and turns to the next request. */
    void answer(NettyExchange from, HttpObject response) {
        boolean last = ending() || ErrorResponses.isLast(from, response, options);
        ChannelFuture written = outlet().send(from.withConnection(response, last));
        if (last) {
            finish(written, from.body().coming());
        } else if (!receiving) {
            deadlines().begin(ConnectionTimeouts.Phase.REST);
        }
        pump();
    }

    /** Closes without a byte, after what earlier requests were answered. */
    void drop() {
        abandon();
        outlet().cut();
    }

    /** Answers what is nobody's fault but the peer's, and closes. */
    private void refuse(NettyExchange exchange, HttpResponseStatus status) {
        if (exchange.done()) {
            closeAfterFlush();
        } else if (exchange.begun()) {
            drop();
        } else {
            exchange.gone();
            finish(outlet().send(ErrorResponses.closing(status)), true);
        }
    }

    /** Closes once {@code written} is; if the peer may still be sending, in a way that it gets to read it. */
    private void finish(ChannelFuture written, boolean sending) {
        boolean more = sending || !waiting().isEmpty();
        abandon();
        deadlines().begin(ConnectionTimeouts.Phase.REST);
        outlet().close(written, more);
    }

    private void late(ConnectionTimeouts.Phase phase) {
        NettyExchange exchange = ours;
        if (phase == ConnectionTimeouts.Phase.BODY && exchange != null) {
            refuse(exchange, HttpResponseStatus.REQUEST_TIMEOUT);
        } else if (phase == ConnectionTimeouts.Phase.HEAD && deadlines().heard()) {
            finish(outlet().send(ErrorResponses.closing(HttpResponseStatus.REQUEST_TIMEOUT)), true);
        } else {
            drop();
        }
    }

    private PipelinedRequests waiting() {
        return Objects.requireNonNull(waiting);
    }

    /** The way out, on the loop. */
    HttpResponseWriter outlet() {
        return Objects.requireNonNull(outlet);
    }

    private ChannelHandlerContext ctx() {
        return Objects.requireNonNull(context);
    }

    // The application's answers

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ApplicationResponseTracker answer = theirs;
        if (answer == null) {
            ctx.write(message, promise);
            return;
        }
        switch (answer.see(message)) {
            case GOING_ON -> ctx.write(message, promise);
            case SWITCHED -> stepAside(ctx, message, promise);
            case ENDED -> answered(ctx, message, promise);
        }
    }

    private void answered(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        theirs = null;
        if (ending()) {
            ChannelPromise written = promise.unvoid();
            ctx.write(message, written);
            finish(written, receiving);
            return;
        }
        ctx.write(message, promise);
        if (!receiving) {
            deadlines().begin(ConnectionTimeouts.Phase.REST);
        }
        if (!waiting().isEmpty()) {
            // Not at once: the application may still be busy with the request that it just answered.
            ctx.channel().eventLoop().execute(this::pump);
        }
    }

    /** The application took the connection over: it is no business of ours any more. */
    private void stepAside(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        theirs = null;
        ctx.write(message, promise);
        resume();
        if (ownsPort) {
            ReadActivityHandler.leave(ctx);
        }
        ctx.pipeline().remove(this);
    }
}
