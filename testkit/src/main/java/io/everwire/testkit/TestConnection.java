package io.everwire.testkit;

import io.everwire.engine.EventLoop;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The connection of a client to a {@link TestServer}, at the level of packets. It may join several namespaces. */
public final class TestConnection {
    private final TestWebSocket webSocket;
    private final JsonCodec codec;

    private TestConnection(TestWebSocket webSocket, JsonCodec codec) {
        this.webSocket = webSocket;
        this.codec = codec;
    }

    /** Joins a namespace; {@link TestClient#connected} says whether that succeeded. */
    public TestClient connect(String namespace) {
        return join(namespace, null);
    }

    /** Joins a namespace with {@code auth} data: a value that becomes a JSON object. */
    public TestClient connect(String namespace, Object auth) {
        return join(namespace, Bytes.of(codec.write(auth, new ArrayList<>())));
    }

    /** Sends a packet, valid or not. */
    public TestConnection send(Packet packet) {
        Encoded encoded = TestWire.encode(packet);
        webSocket.line().send(new TestLine.Message(true, encoded.text()));
        encoded.attachments().forEach(bytes -> webSocket.line().send(new TestLine.Message(false, bytes)));
        return this;
    }

    /** Returns the packets received so far. */
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

    /** Returns whether the server rejected it; {@link #webSocket} has the response. */
    public boolean refused() {
        return webSocket.refused();
    }

    /** Closes the connection as a client does that loses its network: without a packet. */
    public void close() {
        webSocket.close();
    }

    /** Returns whether one of the sides closed it. */
    public boolean closed() {
        return webSocket.closed();
    }

    /** Returns its WebSocket. */
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

    /** Opens a connection with a request of the test's choice. Methods return this object. */
    public static final class Opening {
        private final TestServer server;
        private final List<String> headers = new ArrayList<>();
        private TestGeneration generation = TestGeneration.WITH_ACKS;
        private String query = "";
        private @Nullable Principal principal;
        private final List<Object> hostObjects = new ArrayList<>();
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

        /** Adds parameters to the query of the request: {@code a=b&c=d}. */
        public Opening query(String parameters) {
            query = "&" + parameters;
            return this;
        }

        /** Sets the user that the host authenticated. Default: nobody. */
        public Opening principal(Principal user) {
            principal = user;
            return this;
        }

        /** Attaches an object of the host, which {@link io.everwire.Handshake#host} returns. */
        public Opening host(Object attached) {
            hostObjects.add(attached);
            return this;
        }

        /** Makes it a client of a generation without acks, as the 0.6 clients. */
        public Opening withoutAcks() {
            generation = TestGeneration.WITHOUT_ACKS;
            return this;
        }

        /** Runs its connection on another event loop than the server's first; see {@link VirtualTime#newLoop}. */
        @SuppressWarnings("exports") // EventLoop is internal; tests only pass it on.
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
            if (principal != null) {
                request.principal(principal);
            }
            hostObjects.forEach(request::host);
            if (loop != null) {
                request.on(loop);
            }
            return new TestConnection(request.webSocket(), server.codec());
        }
    }
}
