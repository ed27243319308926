package io.everwire.netty;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HostExchange;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request that the engine answers, and the state of its response.
 *
 * <p>The engine and sessions call the methods of {@link HostExchange} from any thread, unless stated otherwise; the
 * exchange then continues on the event loop of its connection, which keeps the order of each thread. The other methods
 * are called on the event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline.
final class NettyExchange implements HostExchange {
    /** The connection of an exchange, as far as the exchange needs it. All methods are called on the event loop. */
    interface Connection {
        /**
         * Sends the whole response of {@code from}, or the end of its streamed response, and continues with the next
         * request.
         *
         * @param response the response, or {@link LastHttpContent} after a streamed one
         */
        void respond(NettyExchange from, HttpObject response);

        /**
         * Continues the upgrade of {@code from} as far as the received part of the request permits. Called when the
         * engine grants the WebSocket; the connection calls itself when the rest of the request has arrived.
         */
        void upgrade(NettyExchange from, EngineSession session);

        /** Reads on, if {@link RequestBody#full} was the only reason for a pause. */
        void resumeReading();

        /** Closes the connection at once; {@link NettyExchange#connectionClosed} is called from inside. */
        void abort();
    }

    /** The state of the response. A state only changes to one that stands below it. */
    private enum State {
        /** Nothing was sent and no WebSocket was granted. */
        PENDING,
        /** A WebSocket was granted; nothing was sent. */
        UPGRADING,
        /** The head of a hixie-76 handshake was sent, so that no other response is possible. The nonce is awaited. */
        UPGRADE_BEGUN,
        /** The head of a streamed response was sent; pieces may follow. */
        STREAMING,
        /** Complete, aborted, upgraded, or the connection closed. Every further call of the engine is ignored. */
        ENDED
    }

    private final Connection connection;
    private final HttpResponseWriter writer;
    private final Engine engine;
    private final NettyEventLoop loop;
    private final NettyRequestHead head;
    private final HttpVersion version;
    private final boolean expectsContinue;
    private final RequestBody body;
    private final int maxOpenPosts;
    private final @Nullable AsciiString announcedKeepAlive;
    private final List<String> headers = new ArrayList<>(0);

    private State state = State.PENDING;

    /** The session of the request, or of the WebSocket that it becomes. Null while neither is known. */
    private @Nullable EngineSession session;

    /** False as soon as the request, its body or its streamed response rules out another request on this connection. */
    private boolean keepAlive;

    /** The session was notified of an oversized body, which happens once. Independent of the response. */
    private boolean oversized;

    /** The session counts this request among those with an incomplete body. */
    private boolean counted;

    /** @param announcesKeepAlive whether the host limits the idle time of the connection */
    NettyExchange(
            Connection connection,
            HttpResponseWriter writer,
            Engine engine,
            NettyEventLoop loop,
            NettyRequestHead head,
            HttpRequest request,
            NettyOptions options,
            boolean announcesKeepAlive) {
        this.connection = connection;
        this.writer = writer;
        this.engine = engine;
        this.loop = loop;
        this.head = head;
        this.version = request.protocolVersion();
        this.keepAlive = HttpUtil.isKeepAlive(request) && !HeadRules.changesFraming(request);
        this.expectsContinue = HttpUtil.is100ContinueExpected(request);
        this.body = new RequestBody(
                RequestBody.announcedLength(request), engine.input(), () -> loop.execute(this::bodyHasNoMemory));
        this.maxOpenPosts = options.maxOpenPosts();
        this.announcedKeepAlive = announcesKeepAlive ? options.announcedKeepAlive() : null;
    }

    // The engine's side

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public RequestHead kept() {
        head.pack();
        return head;
    }

    @Override
    public int keptBytes() {
        return head.packedBytes();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void assign(EngineSession owner) {
        session = owner;
    }

    @Override
    public void upgrade(EngineSession owner) {
        session = owner;
        if (state == State.PENDING) {
            state = State.UPGRADING;
            connection.upgrade(this, owner);
        }
    }

    @Override
    public boolean abandoned() {
        return state == State.ENDED;
    }

    @Override
    public boolean connected() {
        return writer.connected();
    }

    @Override
    public void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void readBody(int limit) {
        onLoop(() -> requestBody(limit));
    }

    /** {@inheritDoc} Throws on the calling thread if a header cannot be sent: the response is built there. */
    @Override
    public void reply(Response response) {
        FullHttpResponse built = ResponseMessages.whole(head, engine.coded(head, response), headers);
        onLoop(() -> respond(built));
    }

    /** {@inheritDoc} Throws on the calling thread if a header cannot be sent, as {@link #reply} does. */
    @Override
    public void start(Response beginning) {
        HttpResponse built = ResponseMessages.beginning(beginning, headers);
        onLoop(() -> startStream(built, beginning.body()));
    }

    @Override
    public void write(Bytes piece) {
        onLoop(() -> {
            if (state == State.STREAMING && !piece.isEmpty()) {
                sendPiece(new DefaultHttpContent(ResponseMessages.content(piece)));
            }
        });
    }

    @Override
    public void finish() {
        onLoop(() -> {
            if (state == State.STREAMING) {
                end();
                connection.respond(this, LastHttpContent.EMPTY_LAST_CONTENT);
            }
        });
    }

    @Override
    public boolean writable() {
        return writer.writable();
    }

    @Override
    public void drop() {
        onLoop(() -> {
            if (state != State.ENDED) {
                end();
                connection.abort();
            }
        });
    }

    // The connection's side, on the event loop

    /** Returns the session whose WebSocket this request becomes, or null if it does not, or no longer does. */
    @Nullable
    EngineSession upgradingSession() {
        return state == State.UPGRADING || state == State.UPGRADE_BEGUN ? session : null;
    }

    /** Returns whether no response is due any more: it was given, or the connection closed. */
    boolean ended() {
        return state == State.ENDED;
    }

    /** Returns whether a part of the response was sent, so that no other can be given. */
    boolean responseBegun() {
        return state == State.UPGRADE_BEGUN || state == State.STREAMING;
    }

    /** Notes that the head of the handshake's response was sent. */
    void upgradeBegun() {
        state = State.UPGRADE_BEGUN;
    }

    /** Ends the exchange because the connection becomes a WebSocket. Returns the headers that the engine added, in turn. */
    List<String> upgraded() {
        state = State.ENDED;
        return headers;
    }

    /** Returns the headers that the engine added to the response, names and values in turn. */
    List<String> addedHeaders() {
        return headers;
    }

    /** Returns the body; never null, and empty for a request without one. */
    RequestBody body() {
        return body;
    }

    /**
     * Returns whether the connection can serve another request after this one.
     *
     * <p>A client that waits for 100 Continue may send its body, or skip it, once it has a final response without a 100
     * (RFC 9110, section 10.1.1): the next bytes are then ambiguous.
     */
    boolean keepAlive() {
        return keepAlive && !oversized && !(expectsContinue && !body.begun());
    }

    /**
     * Returns whether the connection ends after {@code response}: because of the request, because the response says so,
     * or because more of the body is still expected than the server discards.
     */
    boolean isLast(HttpObject response, int maxDiscarded) {
        boolean closes = response instanceof HttpResponse whole
                && whole.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        return closes || !keepAlive() || body.outstanding() > maxDiscarded;
    }

    /** Sets the headers that tell the future of the connection, unless {@code response} is the end of a stream. */
    HttpObject withConnection(HttpObject response, boolean last) {
        if (response instanceof HttpResponse whole) {
            ResponseMessages.setConnection(whole, version, last, announcedKeepAlive);
        }
        return response;
    }

    /** Notifies the session of a streamed response that its client reads again, or no longer reads. */
    void writableChanged() {
        if (state == State.STREAMING && session != null) {
            session.writableChanged();
        }
    }

    /** Adds the next bytes of the body; the caller keeps {@code bytes}. */
    void content(ByteBuf bytes, boolean last) {
        body.add(bytes, last);
        if (counted && !last && session != null && session.ending()) {
            // Nobody will read the rest.
            EngineSession over = session;
            session = null;
            release(over);
            engine.reject(this, over, Refusal.UNKNOWN_SESSION);
        } else {
            deliver();
        }
    }

    private void release(@Nullable EngineSession from) {
        if (counted && from != null) {
            counted = false;
            from.openPosts(-1);
        }
    }

    /**
     * Ends the exchange because the connection closed. The session is notified once, and not after a complete response.
     */
    void connectionClosed() {
        boolean upgrading = upgradingSession() != null;
        if (state == State.ENDED) {
            return;
        }
        end();
        if (session != null && upgrading) {
            session.lineFailed();
        } else if (session != null) {
            session.gone(this);
        }
    }

    // Inside, on the event loop

    /** Rejects a body because the server has no memory for it: as too large, or by closing if nobody asked for it. */
    private void bodyHasNoMemory() {
        if (state == State.ENDED || oversized) {
            return;
        }
        if (session == null || upgradingSession() != null) {
            connection.abort();
        } else {
            oversized = true;
            body.discard();
            release(session);
            session.oversized(this);
        }
    }

    private void requestBody(int limit) {
        if (state == State.ENDED) {
            return;
        }
        EngineSession reader = session;
        if (reader != null && !body.complete()) {
            counted = true;
            if (reader.openPosts(1) > maxOpenPosts) {
                engine.limits()
                        .report(new ReachedLimit("maxOpenPosts", maxOpenPosts, maxOpenPosts + 1L), "request rejected");
                release(reader);
                session = null;
                engine.reject(this, reader, Refusal.OVERLOADED);
                return;
            }
        }
        body.request(session == null ? limit : Math.min(limit, session.inputLimit()));
        if (expectsContinue && !responseBegun() && !body.begun() && !body.oversized()) {
            writer.send(ErrorResponses.continue100());
        }
        deliver();
        connection.resumeReading();
    }

    /** Hands the body to the session, once it is complete or too large. The nonce of hixie-76 is no such body. */
    private void deliver() {
        if (state == State.ENDED || oversized || session == null || upgradingSession() != null) {
            return;
        }
        if (body.oversized()) {
            oversized = true;
            // The limit of a client that has not joined is the smaller one.
            String option =
                    body.limit() < engine.options().session().maxPayload() ? "maxAuthBytes" : "maxHttpBufferSize";
            session.limitReached(new ReachedLimit(option, body.limit(), body.length()), "a request was rejected");
            body.discard();
            release(session);
            session.oversized(this);
        } else if (body.ready()) {
            release(session);
            session.body(this, body.take());
        }
    }

    /**
     * Starts a chunked response, so that the connection can serve another one. HTTP/1.0 ends a body by closing instead.
     */
    private void startStream(HttpResponse beginning, Bytes first) {
        if (state == State.ENDED || responseBegun()) {
            return;
        }
        state = State.STREAMING;
        keepAlive &= version.isKeepAliveDefault();
        body.discardUnrequested();
        connection.resumeReading();
        beginning.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        if (version.isKeepAliveDefault()) {
            HttpUtil.setTransferEncodingChunked(beginning, true);
        }
        sendPiece(withConnection(beginning, !keepAlive()));
        if (!first.isEmpty()) {
            sendPiece(new DefaultHttpContent(ResponseMessages.content(first)));
        }
    }

    private void sendPiece(HttpObject piece) {
        if (state != State.ENDED) {
            writer.sendPiece(piece);
        }
    }

    private void respond(FullHttpResponse response) {
        if (state != State.ENDED && !responseBegun()) {
            end();
            connection.respond(this, response);
        }
    }

    private void end() {
        state = State.ENDED;
        body.discard();
        release(session);
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
