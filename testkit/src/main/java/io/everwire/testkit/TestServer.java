package io.everwire.testkit;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.core.CoreServer;
import io.everwire.core.EngineConfiguration;
import io.everwire.engine.Engine;
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
 * A server in memory, on virtual time, that serves every generation. It needs a {@link JsonCodec} on the class or
 * module path, or as an argument.
 *
 * <p>When a method returns, everything that it causes is done, handlers included. Handlers run one at a time on the
 * thread of the test, so they must not block. {@link #createThreaded} is for handlers that block.
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
        this.server = CoreServer.create(options, generations, time::now, loop);
        server.unwrap(Engine.class).add(loop);
    }

    /** Creates a server with the default options. */
    public static TestServer create() {
        return create(ServerOptions.builder().build());
    }

    /** Creates a server with these options. The executor of handlers and the JSON codec are replaced. */
    public static TestServer create(ServerOptions options) {
        return create(options, installedCodec());
    }

    /** Creates a server with these options and a JSON codec. The executor of handlers is replaced. */
    public static TestServer create(ServerOptions options, JsonCodec codec) {
        return create(options, codec, generations(options));
    }

    /**
     * Creates a server whose handlers run on the threads of the options. Their results are not there at once: see
     * {@link TestClient#await} and {@link TestCall#await}.
     */
    public static TestServer createThreaded(ServerOptions options) {
        JsonCodec codec = installedCodec();
        ServerOptions changed = options.toBuilder().jsonCodec(codec).build();
        return new TestServer(new VirtualTime(), changed, generations(options), codec);
    }

    static TestServer create(ServerOptions options, JsonCodec codec, List<Generation> generations) {
        VirtualTime time = new VirtualTime();
        ServerOptions.Builder changed = options.toBuilder().jsonCodec(codec).handlerExecutor(time.newLoop());
        return new TestServer(time, changed.build(), generations, codec);
    }

    /** Returns the generations that the options choose, and those of test clients. */
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

    /** Returns the server, to add handlers. */
    public SocketIoServer server() {
        return server;
    }

    /** Returns its time. */
    public VirtualTime time() {
        return time;
    }

    /** Lets time pass; see {@link VirtualTime#advance}. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Returns a client that has joined {@code /}. */
    public TestClient connect() {
        return connect(Packet.ROOT);
    }

    /** Returns a client that asks to join a namespace, with its own connection. */
    public TestClient connect(String namespace) {
        return opening().open().connect(namespace);
    }

    /** Returns a client that asks to join a namespace with {@code auth} data: a value that becomes a JSON object. */
    public TestClient connect(String namespace, Object auth) {
        return opening().open().connect(namespace, auth);
    }

    /** Returns a builder of a connection. */
    public TestConnection.Opening opening() {
        return new TestConnection.Opening(this);
    }

    /** Returns an HTTP request, which may ask for a WebSocket. The test writes its bytes, in any generation. */
    public TestRequest request(String method, String target) {
        return new TestRequest(this, method, target, loop);
    }

    /** Opens a WebSocket. The test writes its messages. */
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
