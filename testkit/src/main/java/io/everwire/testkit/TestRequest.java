package io.everwire.testkit;

import io.everwire.engine.EventLoop;
import io.everwire.protocol.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to a {@link TestServer}. Methods return this request. */
public final class TestRequest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    private final TestServer server;
    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private InetSocketAddress peer = PEER;
    private boolean secure;
    private @Nullable Principal principal;
    private final List<Object> hostObjects = new ArrayList<>();
    private Bytes body = Bytes.EMPTY;
    private EventLoop loop;

    TestRequest(TestServer server, String method, String target, EventLoop loop) {
        this.server = server;
        this.method = method;
        this.target = target;
        this.loop = loop;
    }

    /** Adds a header. The default for {@code Host} is {@code localhost}. */
    public TestRequest header(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /** Sets the body. */
    public TestRequest body(String text) {
        body = Bytes.utf8(text);
        return this;
    }

    /** Sets the body. */
    public TestRequest body(byte[] bytes) {
        body = Bytes.of(bytes.clone());
        return this;
    }

    /** Sets the address of the client. Default: a port of 127.0.0.1. */
    public TestRequest from(InetSocketAddress address) {
        peer = address;
        return this;
    }

    /** Sends it over TLS. */
    public TestRequest secure() {
        secure = true;
        return this;
    }

    /** Sets the user that the host authenticated. Default: nobody. */
    public TestRequest principal(Principal user) {
        principal = user;
        return this;
    }

    /** Attaches an object of the host, which {@link io.everwire.Handshake#host} returns. */
    public TestRequest host(Object attached) {
        hostObjects.add(attached);
        return this;
    }

    /** Runs its connection on another event loop than the server's first; see {@link VirtualTime#newLoop}. */
    @SuppressWarnings("exports") // EventLoop is internal; tests only pass it on.
    public TestRequest on(EventLoop another) {
        loop = another;
        return this;
    }

    /** Sends it. */
    public TestExchange send() {
        return new TestExchange(server, head(false), body, loop).begin();
    }

    /** Sends it and asks for a WebSocket. */
    public TestWebSocket webSocket() {
        return new TestWebSocket(new TestExchange(server, head(true), body, loop).begin());
    }

    private TestHead head(boolean upgrade) {
        List<String> all = new ArrayList<>(headers);
        if (head(headers, upgrade).header("Host") == null) {
            all.addAll(0, List.of("Host", "localhost"));
        }
        return head(all, upgrade);
    }

    private TestHead head(List<String> all, boolean upgrade) {
        return new TestHead(method, target, all, peer, secure, upgrade, principal, hostObjects);
    }
}
