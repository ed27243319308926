package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everwire.Host;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.EchoServer;
import io.everwire.testkit.host.RawPeer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that only a host in a servlet container has, in the container on the class path. */
@Timeout(180)
class HostInContainerTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";
    private static final int PARKED = 2_000;

    private final EchoServer echo = new EchoServer();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestContainer container = null;
    private @Nullable Host host;

    @BeforeEach
    void findContainer() {
        container = TestContainer.installed();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        if (host != null) {
            host.close().get(60, TimeUnit.SECONDS);
        }
    }

    private Application application() {
        return EchoApplication.of(echo);
    }

    private SocketIoFilter filter() {
        return filter(ServletOptions.builder().closeTimeout(Duration.ofSeconds(2)));
    }

    private SocketIoFilter filter(ServletOptions.Builder options) {
        return SocketIoFilter.create(echo.engine(), options.eventLoops(2).build());
    }

    private void start(Application application) throws Exception {
        host = container.start(application);
    }

    private RawPeer connect() throws IOException {
        return connect(0);
    }

    private RawPeer connect(int receiveBuffer) throws IOException {
        RawPeer peer = RawPeer.open(host.address(), receiveBuffer);
        opened.add(peer);
        return peer;
    }

    private RawPeer webSocket(int receiveBuffer) throws IOException {
        RawPeer peer = connect(receiveBuffer);
        peer.send("GET /echo/ws HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101");
        assertThat(peer.message()).startsWith("sid ");
        return peer;
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    @DisplayName("the path of the application stands before the server's path")
    void contextPath() throws Exception {
        start(application().contextPath("/shop").filter("socket.io", filter()));
        RawPeer peer = connect();
        assertThat(body(peer.send("GET /shop/echo/head?a=1" + HEAD + "\r\n").answer()))
                .startsWith("GET /echo/head?a=1\n");
        assertThat(body(peer.send("GET /shop/app/hello" + HEAD + "\r\n").answer()))
                .isEqualTo("hello");
        assertThat(peer.send("GET /echo/head" + HEAD + "\r\n").answer()).startsWith("HTTP/1.1 404");
    }

    @Test
    @DisplayName("without async support, requests are answered 500 at once, and those of the application as before")
    void asyncUnsupported() throws Exception {
        Filter passes = (request, response, chain) -> chain.doFilter(request, response);
        start(application().synchronousFilter("old", passes).filter("socket.io", filter()));
        RawPeer peer = connect();
        String answer = peer.send("GET /echo/hold" + HEAD + "\r\n").answer();
        assertThat(answer).startsWith("HTTP/1.1 500");
        assertThat(body(answer)).isEqualTo(AsyncCheck.ANSWER);
        assertThat(body(connect().send("GET /app/hello" + HEAD + "\r\n").answer()))
                .isEqualTo("hello");
    }

    @Test
    @DisplayName("a body of length 0 is a body, and its request is answered")
    void emptyBody() throws Exception {
        start(application().filter("socket.io", filter()));
        String answer = connect()
                .send("POST /echo/body?10" + HEAD + "Content-Length: 0\r\n\r\n")
                .answer();
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(body(answer)).isEmpty();
    }

    @Test
    @DisplayName("a form that a filter has read by getParameter still reaches the session")
    void swallowedForm() throws Exception {
        Filter reads = (request, response, chain) -> {
            request.getParameter("token");
            chain.doFilter(request, response);
        };
        start(application().filter("reads forms", reads).filter("socket.io", filter()));
        String form = "d=a%20b%C3%A9%E2%82%AC&e=1+1";
        RawPeer peer = connect();
        for (String type : List.of("", "; charset=UTF-8")) {
            peer.send("POST /echo/body?1000" + HEAD + "Content-Type: application/x-www-form-urlencoded" + type
                    + "\r\nContent-Length: " + form.length() + "\r\n\r\n" + form);
            assertThat(body(peer.answer())).isEqualTo("d=a+b%C3%A9%E2%82%AC&e=1+1");
        }
        peer.send("POST /echo/body?1000" + HEAD + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(body(peer.answer())).isEqualTo("hello");
    }

    @Test
    @DisplayName("a body that is broken off ends its request only")
    void brokenBody() throws Exception {
        start(application().filter("socket.io", filter()));
        RawPeer peer = connect();
        peer.send("POST /echo/body?10" + HEAD + "Content-Length: 10\r\n\r\nhel");
        peer.close();
        assertThat(echo.event()).isEqualTo("gone /echo/body?10");
        assertThat(body(connect().send("GET /echo/ignore" + HEAD + "\r\n").answer()))
                .isEqualTo("ignored");
    }

    @Test
    @DisplayName("a body that takes too long is answered 408, and the rest of it is not taken for another request")
    void slowBody() throws Exception {
        start(application().filter("socket.io", filter(ServletOptions.builder().bodyTimeout(Duration.ofMillis(300)))));
        RawPeer peer = connect();
        peer.send("POST /echo/body?100" + HEAD + "Content-Length: 60\r\n\r\nhel");
        String answer = peer.answer();
        assertThat(answer).startsWith("HTTP/1.1 408").containsIgnoringCase("connection: close");
        assertThat(body(answer)).contains("bodyTimeout = 300");
        assertThat(echo.event()).isEqualTo("gone /echo/body?100");
        assertThat(peer.ended()).isTrue();
    }

    @Test
    @DisplayName("2,000 parked polls hold none of 8 threads, and are all answered")
    void parkedPolls() throws Exception {
        start(application().threads(8).filter("socket.io", filter()));
        List<RawPeer> parked = new ArrayList<>();
        for (int i = 0; i < PARKED; i++) {
            parked.add(connect().send("GET /echo/hold" + HEAD + "\r\n"));
        }
        List<EngineSession> sessions = new ArrayList<>();
        for (int i = 0; i < PARKED; i++) {
            assertThat(echo.event()).isEqualTo("held /echo/hold");
            sessions.add(echo.session());
        }
        assertThat(body(connect().send("GET /app/hello" + HEAD + "\r\n").answer()))
                .isEqualTo("hello");
        for (EngineSession session : sessions) {
            session.send(Encoded.text(Bytes.utf8("at last")));
        }
        for (RawPeer peer : parked) {
            assertThat(body(peer.answer())).isEqualTo("at last");
        }
    }

    @Test
    @DisplayName("more WebSockets than threads may wait are opened at once while the event loop is busy")
    void manyWebSocketsAtOnce() throws Exception {
        int many = 6;
        CountDownLatch arrived = new CountDownLatch(many);
        CountDownLatch busy = new CountDownLatch(1);
        Filter counts = (request, response, chain) -> {
            if (request instanceof HttpServletRequest http && "many".equals(http.getQueryString())) {
                arrived.countDown();
            }
            chain.doFilter(request, response);
        };
        ServletOptions options =
                ServletOptions.builder().eventLoops(1).maxWaitingThreads(1).build();
        start(application()
                .filter("counts", counts)
                .filter("socket.io", SocketIoFilter.create(echo.engine(), options)));
        webSocket(0);
        EngineSession first = echo.session();
        first.schedule(() -> awaitUninterruptibly(busy), 0);
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < many; i++) {
                peers.add(connect().send("GET /echo/ws?many HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n"));
            }
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            busy.countDown();
        }
        for (RawPeer peer : peers) {
            assertThat(peer.answer()).startsWith("HTTP/1.1 101");
            assertThat(peer.message()).startsWith("sid ");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("peers that never read are gone within the close timeout, and hold none of the container's threads")
    void neverReads() throws Exception {
        int peers = 12;
        start(application().threads(8).filter("socket.io", filter()));
        List<RawPeer> stuck = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            stuck.add(webSocket(4096));
            EngineSession session = echo.session();
            for (int message = 0; message < 20; message++) {
                session.send(Encoded.text(Bytes.utf8("x".repeat(100_000))));
            }
            session.close(CloseReason.FORCED_SERVER_CLOSE);
        }
        assertThat(body(connect().send("GET /app/hello" + HEAD + "\r\n").answer()))
                .isEqualTo("hello");
        for (int i = 0; i < peers; i++) {
            assertThat(echo.event()).startsWith("closed transport");
        }
        for (RawPeer peer : stuck) {
            assertThat(peer.ended()).isTrue();
        }
    }

    @Test
    @DisplayName("a container that stops under load ends all connections, and no thread of the host is left")
    void stopUnderLoad() throws Exception {
        start(application().filter("socket.io", filter()));
        for (int i = 0; i < 50; i++) {
            connect().send("GET /echo/hold" + HEAD + "\r\n");
            assertThat(echo.event()).startsWith("held");
        }
        List<RawPeer> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(webSocket(0));
        }
        for (RawPeer socket : sockets) {
            for (int i = 0; i < 50; i++) {
                socket.text("message " + i);
            }
        }
        InetSocketAddress address = host.address();
        host.close().get(60, TimeUnit.SECONDS);
        for (RawPeer socket : sockets) {
            assertThat(socket.ended()).isTrue();
        }
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("everwire-")));
        assertThatThrownBy(() -> RawPeer.open(address)).isInstanceOf(IOException.class);
    }
}
