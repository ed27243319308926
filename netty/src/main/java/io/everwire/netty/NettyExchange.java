package io.everwire.netty;

import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.engine.EventLoop;
import io.everwire.engine.HeaderMerger;
import io.everwire.engine.HostExchange;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a connection that the engine answers. The engine and sessions may call it from any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells failures through the pipeline.
final class NettyExchange implements HostExchange {
    private final SocketIoHandler connection;
    private final Engine engine;
    private final NettyEventLoop loop;
    private final NettyRequestHead head;
    private final HttpVersion version;
    private final boolean keepAlive;
    private final boolean expectsContinue;
    private final RequestBody body;
    private final List<String> headers = new ArrayList<>(0);

    private @Nullable EngineSession slot;
    private @Nullable EngineSession upgradeTo;
    private boolean done;
    private boolean streaming;
    private boolean greeted;
    private boolean oversized;
    /** Whether all of the request has arrived. */
    private boolean complete;

    NettyExchange(SocketIoHandler connection, Engine engine, NettyEventLoop loop, NettyRequestHead head, HttpRequest request) {
        this.connection = connection;
        this.engine = engine;
        this.loop = loop;
        this.head = head;
        this.version = request.protocolVersion();
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.expectsContinue = HttpUtil.is100ContinueExpected(request);
        this.body = new RequestBody(announced(request));
    }

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
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void assign(EngineSession owner) {
        slot = owner;
    }

    @Override
    public void upgrade(EngineSession owner) {
        upgradeTo = owner;
        if (!done) {
            connection.upgrade(this, owner);
        }
    }

    @Override
    public boolean abandoned() {
        return done;
    }

    @Override
    public void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    @Override
    public void readBody(int limit) {
        if (loop.inLoop()) {
            ask(limit);
        } else {
            loop.execute(() -> ask(limit));
        }
    }

    @Override
    public void reply(Response response) {
        // Built by the caller, who hears of a header that cannot be sent.
        FullHttpResponse built = build(engine.coded(head, response));
        if (loop.inLoop()) {
            answer(built);
        } else {
            loop.execute(() -> answer(built));
        }
    }

    @Override
    public void start(Response beginning) {
        HttpResponse built =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(beginning.status()));
        add(built, HeaderMerger.merge(beginning.headers(), headers));
        onLoop(() -> begin(built, beginning.body()));
    }

    @Override
    public void write(Bytes piece) {
        onLoop(() -> {
            if (streaming && !done && !piece.isEmpty()) {
                stream(new DefaultHttpContent(wrap(piece)));
            }
        });
    }

    @Override
    public void finish() {
        onLoop(() -> {
            if (streaming && !done) {
                done = true;
                body.forget();
                connection.answer(this, LastHttpContent.EMPTY_LAST_CONTENT);
            }
        });
    }

    @Override
    public boolean writable() {
        return connection.outlet().writable();
    }

    @Override
    public void drop() {
        if (loop.inLoop()) {
            cut();
        } else {
            loop.execute(this::cut);
        }
    }

    // What follows runs on the loop.

    /** Whose WebSocket this request becomes, once it is complete. */
    @Nullable
    EngineSession upgradeTo() {
        return upgradeTo;
    }

    /** Whether it was answered, or nobody is left to answer to. */
    boolean done() {
        return done;
    }

    /** Whether a part of the answer has left, so that no other can be given any more. */
    boolean begun() {
        return streaming || greeted;
    }

    /** A part of the answer to an upgrade has left. */
    void greeted() {
        greeted = true;
    }

    /** Returns whether all of the request has arrived. */
    boolean complete() {
        return complete;
    }

    RequestBody body() {
        return body;
    }

    /** Whether the connection can serve another request after this one. */
    boolean keepAlive() {
        boolean endless = streaming && !version.isKeepAliveDefault();
        return keepAlive && !endless && !oversized && !(expectsContinue && !body.begun());
    }

    /**
     * Says in {@code answer} whether the connection ends after it, if the peer's version does not already say so. The end
     * of a stream has no head to say it in.
     */
    HttpObject withConnection(HttpObject answer, boolean last) {
        if (answer instanceof HttpResponse response) {
            if (last) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (!version.isKeepAliveDefault()) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
        }
        return answer;
    }

    /** Tells the session of a streamed answer that its client reads on, or does not. */
    static void writableChanged(@Nullable NettyExchange exchange) {
        if (exchange != null && exchange.streaming && !exchange.done && exchange.slot != null) {
            exchange.slot.writableChanged();
        }
    }

    /** Some of the body arrived. */
    void content(ByteBuf bytes, boolean last) {
        complete |= last;
        body.add(bytes, last);
        deliver();
    }

    /** The peer is gone; told to the session once, and not if it had answered. */
    void gone() {
        if (!done) {
            done = true;
            body.forget();
            if (slot != null) {
                slot.gone(this);
            }
            if (upgradeTo != null) {
                upgradeTo.lineFailed();
            }
        }
    }

    /** It has become a WebSocket; returns the headers of its answer, names and values in turn. */
    List<String> becomeLine() {
        done = true;
        return headers;
    }

    private void ask(int limit) {
        if (!done) {
            body.ask(limit);
            if (expectsContinue && !begun() && !body.begun() && !body.oversized()) {
                connection.outlet().send(ErrorResponses.goOn());
            }
            deliver();
            connection.resume();
        }
    }

    private void deliver() {
        if (done || oversized || slot == null) {
            return;
        }
        if (body.oversized()) {
            oversized = true;
            body.forget();
            slot.oversized(this);
        } else if (body.ready()) {
            slot.body(this, body.take());
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Chunked, so that the connection can go on afterwards; HTTP/1.0 knows only its end. */
    private void begin(HttpResponse beginning, Bytes first) {
        if (!done && !streaming) {
            streaming = true;
            body.forgetUnasked();
            connection.resume();
            beginning.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            if (version.isKeepAliveDefault()) {
                HttpUtil.setTransferEncodingChunked(beginning, true);
            }
            stream(withConnection(beginning, !keepAlive()));
            if (!first.isEmpty()) {
                stream(new DefaultHttpContent(wrap(first)));
            }
        }
    }

    /** A peer that does not take what is streamed to it is given up, as that of a line is. */
    private void stream(HttpObject piece) {
        if (!done && connection.outlet().stuck()) {
            connection.drop();
        } else if (!done) {
            connection.outlet().sendPiece(piece);
        }
    }

    private void answer(FullHttpResponse response) {
        if (!done && !streaming) {
            done = true;
            body.forget();
            connection.answer(this, response);
        }
    }

    private void cut() {
        if (!done) {
            done = true;
            connection.drop();
        }
    }

    private FullHttpResponse build(Response response) {
        Bytes content = response.body();
        HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
        boolean bodiless =
                status.equals(HttpResponseStatus.NO_CONTENT) || status.equals(HttpResponseStatus.NOT_MODIFIED);
        boolean silent = bodiless || HttpMethod.HEAD.name().equals(head.method());
        ByteBuf bytes = silent ? Unpooled.EMPTY_BUFFER : wrap(content);
        FullHttpResponse built = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
        add(built, HeaderMerger.merge(response.headers(), headers));
        if (!bodiless) {
            built.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length());
        }
        return built;
    }

    private static ByteBuf wrap(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }

    static void add(HttpResponse response, List<String> namesAndValues) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            response.headers().add(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    private static long announced(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return 0;
        }
        if (HttpUtil.isTransferEncodingChunked(request)) {
            return -1;
        }
        return HttpUtil.getContentLength(request, 0L);
    }
}
