package io.everwire.netty;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.LogSanitizer;
import io.everwire.engine.RateLimitedLog;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: gives each request to the engine or to the application, one at a time, and decides when the
 * connection ends.
 *
 * <p>Created when a {@link SocketIoHandler} is added to a pipeline; all methods are called on the event loop. A request
 * that arrives while an earlier one is unanswered is queued here, so that responses leave in the order of their
 * requests (RFC 9112, section 9.3.2).
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class HttpConnection implements NettyExchange.Connection {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);
    private static final RateLimitedLog notServed = new RateLimitedLog(HttpConnection.class);

    private enum State {
        /** Serves requests. */
        OPEN,
        /** Answers the queued requests and then closes: the port closed, or the peer sends no more. */
        LAST_RESPONSE,
        /** Discards everything that arrives. Bytes that were written may still leave. */
        CLOSING
    }

    private final ChannelHandlerContext ctx;
    private final Engine engine;
    private final NettyOptions options;
    private final boolean ownsPort;
    private final NettyEventLoop loop;
    private final HttpResponseWriter writer;
    private final PipelinedRequests pipelined;
    private final ConnectionTimeouts timeouts;
    private final UnansweredInput unanswered;

    private State state = State.OPEN;

    /** The request that the engine answers or answered last, until the next request begins. */
    private @Nullable NettyExchange exchange;

    /** The response that the application owes, or null. */
    private @Nullable ApplicationResponseTracker application;

    /** The last content of the current request has not arrived. Independent of its response, which may be earlier. */
    private boolean receiving;

    /** The codec passed on a message since {@link #bytesRead}: it holds no more than the rest of one read. */
    private boolean decoded;

    /** Guards {@link #pump} against re-entry: a response that is given at once ends in another call of it. */
    private boolean pumping;

    /** @param ownsPort whether heads, and idle times between requests, are limited here too */
    HttpConnection(ChannelHandlerContext ctx, Engine engine, NettyOptions options, boolean ownsPort) {
        this.ctx = ctx;
        this.engine = engine;
        this.options = options;
        this.ownsPort = ownsPort;
        this.loop = NettyEventLoop.of(ctx.channel().eventLoop());
        if (!ownsPort) {
            // A NettyServer adds its event loops when it is bound.
            engine.add(loop);
        }
        this.writer = new HttpResponseWriter(ctx, loop, options, engine.budget());
        this.pipelined = new PipelinedRequests(ctx, options.maxPipelined());
        this.unanswered = new UnansweredInput(engine.input(), () -> loop.execute(this::abort));
        this.timeouts = new ConnectionTimeouts(loop, options, ownsPort, writer::queuedBytes, this::timedOut);
    }

    /** Returns the timeouts, which the handler before the codec informs of reads. */
    ConnectionTimeouts timeouts() {
        return timeouts;
    }

    /** Called after the bytes of a read were decoded. */
    void bytesRead(int bytes) {
        if (state == State.CLOSING || (decoded && pipelined.isEmpty())) {
            unanswered.clear();
        } else {
            unanswered.add(bytes);
        }
        decoded = false;
    }

    // The channel's life

    /** Releases what is held, because the handler left the pipeline. */
    void removed() {
        timeouts.cancel();
        pipelined.clear();
        unanswered.clear();
    }

    /** Called when the peer will send no more. A client of the engine then awaits no response. */
    void inputEnded() {
        if (ownsPort) {
            lastResponse();
        }
        if (exchange != null && !exchange.ended()) {
            abort();
        } else if (ownsPort && application == null) {
            closeAfterFlush();
        }
    }

    /** Called when the port closes: the current response is the last one. */
    void shutdown(ShutdownEvent event) {
        lastResponse();
        if (event == ShutdownEvent.STOPPING && isFree()) {
            closeAfterFlush();
        }
    }

    /**
     * Closes the connection because of an error in the pipeline.
     *
     * @return false if the error concerns the application's request; then nothing was done
     */
    boolean failed(Throwable cause) {
        if (!ownsPort && exchange == null && state != State.CLOSING) {
            return false;
        }
        log.debug("connection closed: {}", LogSanitizer.of(cause));
        abort();
        return true;
    }

    private void lastResponse() {
        if (state == State.OPEN) {
            state = State.LAST_RESPONSE;
        }
    }

    /** Ends everything that is under way; what was written may still leave. Called when the channel closed, too. */
    void stopServing() {
        state = State.CLOSING;
        timeouts.cancel();
        if (exchange != null) {
            exchange.connectionClosed();
        }
        pipelined.clear();
        unanswered.clear();
    }

    private void closeAfterFlush() {
        state = State.CLOSING;
        writer.closeAfterFlush();
    }

    // Requests

    /** Takes the next message of the pipeline. One that is no HTTP belongs to the application. */
    void read(Object message) {
        writer.readBegins();
        decoded = true;
        if (state == State.CLOSING) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof HttpObject object)) {
            ctx.fireChannelRead(message);
        } else if (pipelined.add(object)) {
            pump();
        } else {
            Rejection.pipelined(options).report(engine.limits());
            abort();
        }
    }

    /** Called when a read is complete; flushes the responses that it caused. */
    void readCompleted() {
        writer.readEnds();
        ctx.fireChannelReadComplete();
        // An application that calls read() by itself does not know of the messages that the engine took.
        if (!ctx.channel().config().isAutoRead() && !pipelined.paused() && exchange != null) {
            ctx.read();
        }
    }

    /** Called when the channel becomes writable or unwritable. */
    void writableChanged() {
        if (exchange != null) {
            exchange.writableChanged();
        }
        pump();
    }

    /** Returns whether the response that is being sent is the last one. */
    private boolean isEnding() {
        return state == State.LAST_RESPONSE && pipelined.isEmpty();
    }

    /** Returns whether no response is awaited, neither the engine's nor the application's. */
    private boolean isFree() {
        return application == null && (exchange == null || exchange.ended());
    }

    /** Takes queued messages while they can be answered, and the peer reads its responses. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            HttpObject next = pipelined.poll(isFree() && writer.writable());
            while (next != null) {
                take(next);
                next = pipelined.poll(isFree() && writer.writable());
            }
        } finally {
            pumping = false;
        }
        if (pipelined.isEmpty()) {
            unanswered.clear();
        }
        resumeReading();
    }

    @Override
    public void resumeReading() {
        if (exchange == null || !exchange.body().full()) {
            pipelined.resume();
        }
    }

    private void take(HttpObject message) {
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        NettyExchange taker = exchange;
        boolean last = message instanceof LastHttpContent;
        receiving = !last;
        if (taker == null) {
            timeouts.progress(message);
            contentTaken(last);
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

    /** Gives a new request to the engine, or to the application if it is not the engine's. */
    private void begin(HttpRequest request) {
        receiving = true;
        Rejection rejection = HeadRules.rejection(request, options, ownsPort, engine);
        NettyRequestHead head = new NettyRequestHead(request, ctx.channel(), options.webSocketDrafts());
        NettyExchange begun = new NettyExchange(this, writer, engine, loop, head, request, options, ownsPort);
        exchange = begun;
        if (rejection != null) {
            rejectHead(begun, request, rejection);
            return;
        }
        timeouts.begin(ownsPort ? ConnectionTimeouts.Phase.BODY : ConnectionTimeouts.Phase.RESPONSE);
        try {
            if (!engine.serve(begun)) {
                exchange = null;
                application = new ApplicationResponseTracker(request);
            } else if (begun.body().incomplete() && state != State.CLOSING) {
                timeouts.begin(ConnectionTimeouts.Phase.BODY);
            }
        } catch (RuntimeException e) {
            notServed.error(e, "a request could not be served");
            reject(begun, Rejection.FAILED);
        }
    }

    /** Rejects a request because of its head. The codec may have failed before the header that names the page. */
    private void rejectHead(NettyExchange begun, HttpRequest request, Rejection rejection) {
        Runnable answer = () -> {
            engine.admit(begun);
            reject(begun, rejection);
        };
        timeouts.begin(ConnectionTimeouts.Phase.HEAD);
        if (!rejection.cutsHead() || !ReadActivityHandler.search(ctx.pipeline(), request.headers(), answer)) {
            answer.run();
        }
    }

    private void content(NettyExchange taker, HttpContent content, boolean last) {
        if (state == State.CLOSING) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            // A head that the codec cannot read is its own last content, and is rejected when the search ends.
            if (!HeadSearch.isIn(ctx.pipeline())) {
                reject(taker, Rejection.MALFORMED);
            }
            return;
        }
        timeouts.progress(content);
        taker.content(content.content(), last);
        boolean answered = taker.ended() || taker.responseBegun();
        if (taker.body().discarded() > options.maxDiscarded() && answered && state != State.CLOSING) {
            Rejection.reportDiscarded(options, engine.limits());
            closeAfterFlush();
        } else if (taker.body().full()) {
            pipelined.pause();
        }
        if (last && state != State.CLOSING) {
            EngineSession upgrading = taker.upgradingSession();
            if (upgrading != null) {
                upgrade(taker, upgrading);
            } else {
                contentTaken(true);
            }
        }
    }

    private void contentTaken(boolean last) {
        if (last) {
            timeouts.begin(isFree() ? ConnectionTimeouts.Phase.IDLE : ConnectionTimeouts.Phase.RESPONSE);
        }
    }

    @Override
    public void upgrade(NettyExchange from, EngineSession session) {
        // A peer that had to wait for its upgrade must not have sent more: it was decoded as HTTP and is lost.
        boolean late = from.body().complete() && (!pipelined.isEmpty() || state != State.OPEN);
        if (late || !WebSocketHandshaker.begin(from, writer)) {
            abort();
        } else if (from.body().complete()) {
            WebSocketHandshaker.complete(ctx, from, session, engine.options(), options);
        }
    }

    // The engine's responses

    @Override
    public void respond(NettyExchange from, HttpObject response) {
        boolean last = isEnding() || from.isLast(response, options.maxDiscarded());
        ChannelFuture written = writer.send(from.withConnection(response, last));
        if (last) {
            closeAfter(written, from.body().incomplete());
        } else if (!receiving) {
            timeouts.begin(ConnectionTimeouts.Phase.IDLE);
        }
        pump();
    }

    @Override
    public void abort() {
        stopServing();
        writer.abort();
    }

    /** Answers a request that is the peer's fault, and closes. Aborts if a part of another response was sent. */
    private void reject(NettyExchange rejected, Rejection rejection) {
        log.debug("request rejected with {}", LogSanitizer.of(rejection.status()));
        rejection.report(engine.limits());
        if (rejected.ended()) {
            closeAfterFlush();
        } else if (rejected.responseBegun()) {
            abort();
        } else {
            rejected.connectionClosed();
            closeAfter(writer.send(ErrorResponses.closing(rejection, rejected.addedHeaders())), true);
        }
    }

    /** Closes once {@code written} is done. A peer that may still be sending gets time to read it. */
    private void closeAfter(ChannelFuture written, boolean sending) {
        boolean lingers = sending || !pipelined.isEmpty();
        stopServing();
        timeouts.begin(ConnectionTimeouts.Phase.IDLE);
        writer.closeAfter(written, lingers);
    }

    private void timedOut(ConnectionTimeouts.Phase phase) {
        NettyExchange late = exchange;
        if (phase == ConnectionTimeouts.Phase.BODY
                && late != null
                && late.body().full()) {
            // The server does not read: middleware has not decided about the request.
            timeouts.begin(ConnectionTimeouts.Phase.BODY);
        } else if (phase == ConnectionTimeouts.Phase.BODY && late != null) {
            reject(late, timeouts.bodyTookLongest() ? Rejection.longBody(options) : Rejection.slowBody(options));
        } else if (phase == ConnectionTimeouts.Phase.HEAD && HeadSearch.isIn(ctx.pipeline())) {
            HeadSearch.finish(ctx.pipeline());
        } else if (phase == ConnectionTimeouts.Phase.HEAD && timeouts.received()) {
            Rejection rejection = Rejection.slowHead(options);
            rejection.report(engine.limits());
            closeAfter(writer.send(ErrorResponses.closing(rejection, List.of())), true);
        } else {
            abort();
        }
    }

    // The application's responses

    /**
     * Passes on a message that the application writes, and follows its response.
     *
     * @return false if the connection speaks HTTP no longer and the handler must leave the pipeline
     */
    boolean write(Object message, ChannelPromise promise) {
        ApplicationResponseTracker tracker = application;
        ApplicationResponseTracker.Progress progress =
                tracker == null ? ApplicationResponseTracker.Progress.CONTINUES : tracker.written(message);
        switch (progress) {
            case CONTINUES -> ctx.write(message, promise);
            case ENDED -> responseWritten(message, promise);
            case SWITCHED -> {
                application = null;
                ctx.write(message, promise);
                resumeReading();
            }
        }
        return progress != ApplicationResponseTracker.Progress.SWITCHED;
    }

    private void responseWritten(Object message, ChannelPromise promise) {
        boolean last = isEnding() || (application != null && application.isLast());
        application = null;
        if (last) {
            ChannelPromise written = promise.unvoid();
            ctx.write(message, written);
            closeAfter(written, receiving);
            return;
        }
        ctx.write(message, promise);
        if (!receiving) {
            timeouts.begin(ConnectionTimeouts.Phase.IDLE);
        }
        if (!pipelined.isEmpty()) {
            // Not at once: the application may still be busy with the request that it just answered.
            ctx.channel().eventLoop().execute(this::pump);
        }
    }
}
