package io.everwire.netty.eio4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A closing server, and polling clients with a new connection for each request, as Node's and many proxies' are. */
@Timeout(120)
class ClosingPortTest {
    @Test
    void thePortStaysOpenForThoseWhoMustComeForWhatWasSent() throws Exception {
        SocketIoServer server = SocketIoServer.create(
                ServerOptions.builder().closeTimeout(Duration.ofSeconds(30)).build());
        InetSocketAddress address = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .address();
        String sid = request(address, "GET", "", "").replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        request(address, "POST", "&sid=" + sid, "40");
        assertThat(request(address, "GET", "&sid=" + sid, "")).contains("40{");
        server.emit("last words");

        CompletableFuture<Void> closed = server.closeAsync();

        assertThat(request(address, "GET", "&sid=" + sid, "")).endsWith("42[\"last words\"]");
        assertThat(closed).succeedsWithin(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> RawPeer.open(address)).isInstanceOf(IOException.class);
    }

    /** Returns the response to a request on a new connection. */
    private static String request(InetSocketAddress address, String method, String query, String body)
            throws IOException {
        try (RawPeer peer = RawPeer.open(address)) {
            peer.send(method + " /socket.io/?EIO=4&transport=polling" + query + " HTTP/1.1\r\nHost: a\r\n"
                    + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return peer.answer();
        }
    }
}
