package io.everwire.testkit;

import io.everwire.engine.EventLoop;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client's connection to a {@link TestServer}, at the level of packets. It may join several namespaces. */
public final class TestConnection {
    private final TestWebSocket webSocket;
    private final JsonCodec codec;

    private TestConnection(TestWebSocket webSocket, JsonCodec codec) {
        this.webSocket = webSocket;
        this.codec = codec;
    }

    /** Joins a namespace; whether that succeeded, tells {@link TestClient#connected}. */
    public TestClient connect(String namespace) {
        return join(namespace, null);
    }

    /** Joins a namespace with something to show at the door: a value that becomes a JSON object. */
    public TestClient connect(String namespace, Object auth) {
        return join(namespace, Bytes.of(codec.write(auth, new ArrayList<>())));
    }

    /** Sends a packet, right or wrong. */
    public TestConnection send(Packet packet) {
        Encoded encoded = TestWire.encode(packet);
        webSocket.line().send(new TestLine.Message(true, encoded.text()));
        encoded.attachments().forEach(bytes -> webSocket.line().send(new TestLine.Message(false, bytes)));
        return this;
    }

    /** The packets received so far. */
    public List<Packet> packets() {
        TestWire wire = new TestWire();
        List<Packet> packets = new ArrayList<>();
        for (TestLine.Message message : webSocket.line().written()) {
            Packet packet = message.text() ? wire.text(message.bytes()) : wire.binary(message.bytes());
            if (packet != null) {
                packets.add(packet);
            }
        }
        return packets;
    }

    /** Whether the server did not let it in; why, tells {@link #webSocket}. */
    public boolean refused() {
        return webSocket.refused();
    }

    /** Closes the connection, as a client does that goes away without a word. */
    public void close() {
        webSocket.close();
    }

    /** Whether either side closed it. */
    public boolean closed() {
        return webSocket.closed();
    }

    /** What it runs on. */
    public TestWebSocket webSocket() {
        return webSocket;
    }

    JsonCodec codec() {
        return codec;
    }

    void await(String what, BooleanSupplier condition) {
        webSocket.line().await(what, condition);
    }

    private TestClient join(String namespace, @Nullable Bytes auth) {
        TestClient client = new TestClient(this, namespace, packets().size());
        send(new Packet.Connect(namespace, auth));
        return client;
    }

    /** A connection about to be opened. Methods return this object, to go on. */
    public static final class Opening {
        private final TestServer server;
        private final List<String> headers = new ArrayList<>();
        private TestGeneration generation = TestGeneration.WITH_ACKS;
        private String query = "";
        private @Nullable EventLoop loop;

        Opening(TestServer server) {
            this.server = server;
        }

        /** Adds a header to the request. */
        public Opening header(String name, String value) {
            headers.add(name);
            headers.add(value);
            return this;
        }

        /** Adds to the query of the request: {@code a=b&c=d}. */
        public Opening query(String parameters) {
            query = "&" + parameters;
            return this;
        }

        /** Makes it a client of a generation that knows no acks, as that of 2010. */
        public Opening withoutAcks() {
            generation = TestGeneration.WITHOUT_ACKS;
            return this;
        }

        /** Has it run on another loop than the server's first; see {@link VirtualTime#newLoop}. */
        @SuppressWarnings("exports") // passed on as it is
        public Opening on(EventLoop another) {
            loop = another;
            return this;
        }

        /** Opens it. No namespace is joined yet. */
        public TestConnection open() {
            String target =
                    server.server().options().path() + "/?" + TestGeneration.PARAMETER + "=" + generation.name();
            TestRequest request = server.request("GET", target + query);
            for (int i = 0; i < headers.size(); i += 2) {
                request.header(headers.get(i), headers.get(i + 1));
            }
            if (loop != null) {
                request.on(loop);
            }
            return new TestConnection(request.webSocket(), server.codec());
        }
    }
}
