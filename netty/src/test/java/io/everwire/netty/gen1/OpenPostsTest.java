package io.everwire.netty.gen1;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.EmbeddedPort;
import io.everwire.netty.NettyOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B9: the incomplete bodies of one session, of clients 0.7 to 0.9. */
class OpenPostsTest {
    private final List<String> received = new ArrayList<>();
    private final SocketIoServer server = SocketIoServer.create(
            ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
    private final List<EmbeddedPort> open = new ArrayList<>();
    private EmbeddedPort first;
    private String sid;

    @BeforeEach
    void handshake() {
        server.onMessage(String.class, (socket, text) -> received.add(text));
        first = connect();
        sid = first.ask("GET /socket.io/1/ HTTP/1.1\r\nHost: h\r\n\r\n").replaceFirst("(?s).*\r\n\r\n([^:]+):.*", "$1");
        first.receive("GET /socket.io/1/xhr-polling/" + sid + " HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(first.sent()).endsWith("1::");
    }

    @AfterEach
    void close() {
        open.forEach(EmbeddedPort::close);
        server.closeAsync();
    }

    private EmbeddedPort connect() {
        EmbeddedPort port = new EmbeddedPort(server, NettyOptions.DEFAULTS);
        open.add(port);
        return port;
    }

    /** Sends the start of a message and returns its connection. */
    private EmbeddedPort begin(String message, int missing) {
        EmbeddedPort port = connect()
                .receive("POST /socket.io/1/xhr-polling/" + sid + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
                        + (message.length() + missing) + "\r\n\r\n" + message);
        run();
        return port;
    }

    /** Runs the session, which is on the event loop of the first connection, and then the others. */
    private void run() {
        first.pass(0);
        open.forEach(port -> port.pass(0));
    }

    @Test
    @DisplayName("B9: some messages may be on the way at once, more are rejected, and none is lost")
    void several() {
        List<EmbeddedPort> posts = new ArrayList<>();
        for (int i = 0; i < NettyOptions.DEFAULTS.maxOpenPosts(); i++) {
            posts.add(begin("3:::m" + i, 1));
            assertThat(posts.get(i).sent()).isEmpty();
        }
        for (int i = 0; i < 50; i++) {
            EmbeddedPort more = begin("3:::more", 1);
            assertThat(more.sent()).startsWith("HTTP/1.1 503");
        }

        for (EmbeddedPort post : posts) {
            post.receive("!");
            run();
            assertThat(post.sent()).startsWith("HTTP/1.1 200");
        }
        assertThat(received).containsExactly("m0!", "m1!", "m2!", "m3!", "m4!", "m5!", "m6!", "m7!");
        EmbeddedPort again = begin("3:::again", 0);
        run();
        assertThat(again.sent()).startsWith("HTTP/1.1 200");
    }

    @Test
    @DisplayName("B9: the rest of a body is not awaited when its session is closed")
    void closed() {
        EmbeddedPort post = begin("3:::long", 10);
        first.receive("GET /socket.io/1/xhr-polling/" + sid + "?disconnect=1 HTTP/1.1\r\nHost: h\r\n\r\n");
        run();

        assertThat(server.engine().clientsCount()).isZero();

        post.receive("x");
        assertThat(post.sent()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n1");
    }
}
