package io.everwire.testkit;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.core.CoreServer;
import io.everwire.core.EngineConfiguration;
import io.everwire.engine.EventLoop;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.generations.Generations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A server in memory, on virtual time, that speaks every generation. It needs a {@link JsonCodec} on the class or
 * module path, or is given one.
 *
 * <p>Everything a test does is done when the method returns, handlers included: they run one at a time on the test's
 * own thread, so they must not block. For handlers that do, see {@link #createThreaded}.
 */
public final class TestServer implements AutoCloseable {
    private final VirtualTime time;
    private final EventLoop loop;
    private final JsonCodec codec;
    private final SocketIoServer server;

    private TestServer(VirtualTime time, ServerOptions options, List<Generation> generations, JsonCodec codec) {
        this.time = time;
        this.loop = time.newLoop();
        this.codec = codec;
        this.server = CoreServer.create(options, generations, time::now);
    }

    /** A server with the default options. */
    public static TestServer create() {
        return create(ServerOptions.builder().build());
    }

    /** A server with these options, but for the threads of handlers and the JSON codec. */
    public static TestServer create(ServerOptions options) {
        return create(options, installedCodec());
    }

    /** A server with these options, but for the threads of handlers, and a JSON codec. */
    public static TestServer create(ServerOptions options, JsonCodec codec) {
        return create(options, codec, generations(options));
    }

    /**
     * A server whose handlers run on the threads that the options say. What they cause is not there at once: see
     * {@link TestClient#await} and {@link TestCall#await}.
     */
    public static TestServer createThreaded(ServerOptions options) {
        JsonCodec codec = installedCodec();
        ServerOptions changed = options.toBuilder().jsonCodec(codec).build();
        return new TestServer(new VirtualTime(), changed, generations(options), codec);
    }

    static TestServer create(ServerOptions options, JsonCodec codec, List<Generation> generations) {
        VirtualTime time = new VirtualTime();
        ServerOptions.Builder changed = options.toBuilder().jsonCodec(codec);
        if (options.handlerMode() == HandlerMode.MAILBOX) {
            changed.handlerExecutor(time.newLoop());
        }
        return new TestServer(time, changed.build(), generations, codec);
    }

    /** Those that the options choose, and those of test clients. */
    static List<Generation> generations(ServerOptions options) {
        List<Generation> all = new ArrayList<>(List.of(TestGeneration.WITH_ACKS, TestGeneration.WITHOUT_ACKS));
        all.addAll(EngineConfiguration.generations(options.generations(), Generations.ALL));
        return all;
    }

    static JsonCodec installedCodec() {
        return ServiceLoader.load(JsonCodec.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no JsonCodec found: add the module everwire-jackson to the tests, or give the server one"));
    }

    /** The server itself, to add handlers to. */
    public SocketIoServer server() {
        return server;
    }

    /** Its time. */
    public VirtualTime time() {
        return time;
    }

    /** Lets time pass; see {@link VirtualTime#advance}. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** A client that has joined {@code /}. */
    public TestClient connect() {
        return connect(Packet.ROOT);
    }

    /** A client with a connection of its own that asks to join a namespace. */
    public TestClient connect(String namespace) {
        return opening().open().connect(namespace);
    }

    /** A client that asks to join a namespace with something to show: a value that becomes a JSON object. */
    public TestClient connect(String namespace, Object auth) {
        return opening().open().connect(namespace, auth);
    }

    /** A connection that is to be opened in a particular way. */
    public TestConnection.Opening opening() {
        return new TestConnection.Opening(this);
    }

    /** An HTTP request, or one for a WebSocket, that the test writes itself: bytes, of whatever generation. */
    public TestRequest request(String method, String target) {
        return new TestRequest(this, method, target, loop);
    }

    /** A WebSocket that the test writes itself. */
    public TestWebSocket webSocket(String target) {
        return request("GET", target).webSocket();
    }

    /** Closes the server. */
    @Override
    public void close() {
        server.close();
    }

    JsonCodec codec() {
        return codec;
    }
}
