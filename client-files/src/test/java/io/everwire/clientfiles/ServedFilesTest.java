package io.everwire.clientfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.RouteResponse;
import io.everwire.testkit.TestResponse;
import io.everwire.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that finds the files on its class path. */
class ServedFilesTest {
    private static final String SCRIPT = "/socket.io/socket.io.js";

    private final List<String> reported = new ArrayList<>();

    @Test
    void aPageThatHasTheFileIsNotSentItAgain() {
        TestServer test = TestServer.create(ServerOptions.builder().build());
        TestResponse file = test.request("GET", SCRIPT).send().response();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("application/javascript");
        assertThat(file.text()).contains("Socket.IO v4.8.4");

        TestResponse again = test.request("GET", SCRIPT + "?again")
                .header("If-None-Match", String.valueOf(file.header("ETag")))
                .send()
                .response();

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().isEmpty()).isTrue();
    }

    @Test
    void pagesOfOtherOriginsCannotReadTheFiles() {
        TestResponse file = TestServer.create(ServerOptions.builder().build())
                .request("GET", SCRIPT)
                .header("Origin", "http://evil.example.com")
                .send()
                .response();

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void filtersAndMiddlewareAreNotAskedAboutFiles() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .allowRequest(request -> reported.add("filter " + request.target()))
                .build());
        test.server().engine().use((request, headers) -> reported.add("middleware " + request.target()));

        assertThat(test.request("GET", SCRIPT).send().response().status()).isEqualTo(200);

        assertThat(reported).isEmpty();
    }

    @Test
    void aVersionThatIsNotPackedIsRefusedWithTheOptions() {
        assertThatThrownBy(() -> ServerOptions.builder().clientFiles("9.9").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("clientFiles: version 9.9 is not one of [0.6, 0.6.1,");
    }

    @Test
    void filesComeBeforeRoutesOfTheHost() throws Exception {
        SocketIoServer server = SocketIoServer.create();
        NettyHost host = NettyHost.builder()
                .route("GET", "/socket.io/*", request -> RouteResponse.text("mine"))
                .build();
        try {
            int port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), host)
                    .address()
                    .getPort();
            assertThat(get(port, SCRIPT)).contains("Socket.IO v4.8.4");
            assertThat(get(port, "/socket.io/own.txt")).isEqualTo("mine");
        } finally {
            server.close();
        }
    }

    private static String get(int port, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
