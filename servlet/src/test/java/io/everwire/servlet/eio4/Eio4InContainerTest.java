package io.everwire.servlet.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Handshake;
import io.everwire.servlet.ContainerServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.testkit.host.RawPeer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Eio4InContainerTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=";

    @Test
    @DisplayName("a client polls, joins, and gets its echo")
    void polling() throws Exception {
        try (ContainerServer server = ContainerServer.start();
                RawPeer peer = server.connect()) {
            String sid = open(peer);
            assertThat(post(peer, sid, "40")).isEqualTo("ok");
            assertThat(get(peer, sid)).startsWith("40{");
            assertThat(post(peer, sid, "42[\"echo\",\"é\"]")).isEqualTo("ok");
            assertThat(get(peer, sid)).isEqualTo("42[\"echo\",\"é\"]");
        }
    }

    @Test
    @DisplayName("a parked poll receives what the server emits")
    void parked() throws Exception {
        try (ContainerServer server = ContainerServer.start();
                RawPeer peer = server.connect()) {
            String sid = open(peer);
            post(peer, sid, "40");
            get(peer, sid);
            peer.send("GET " + PATH + "polling&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n\r\n");
            try (RawPeer other = server.connect()) {
                assertThat(post(other, sid, "42[\"echo\",\"parked\"]")).isEqualTo("ok");
            }
            assertThat(body(peer.answer())).isEqualTo("42[\"echo\",\"parked\"]");
        }
    }

    @Test
    @DisplayName("a client opens a WebSocket, and one that polls upgrades to it")
    void webSocket() throws Exception {
        try (ContainerServer server = ContainerServer.start();
                RawPeer direct = upgrade(server, "")) {
            assertThat(direct.message()).startsWith("0{");
            assertThat(direct.text("40").message()).startsWith("40{");
            assertThat(direct.text("42[\"echo\",\"x\"]").message()).isEqualTo("42[\"echo\",\"x\"]");
            try (RawPeer poller = server.connect()) {
                String sid = open(poller);
                post(poller, sid, "40");
                get(poller, sid);
                try (RawPeer upgraded = upgrade(server, "&sid=" + sid)) {
                    assertThat(upgraded.text("2probe").message()).isEqualTo("3probe");
                    upgraded.text("5");
                    assertThat(upgraded.text("42[\"echo\",\"y\"]").message()).isEqualTo("42[\"echo\",\"y\"]");
                }
            }
        }
    }

    @Test
    @DisplayName("the handshake has the user, the objects and the address that filters before it determine")
    void handshake() throws Exception {
        Principal user = () -> "ann";
        Filter proxy = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public String getRemoteAddr() {
                        return "2001:db8::7";
                    }

                    @Override
                    public Principal getUserPrincipal() {
                        return user;
                    }
                },
                response);
        ServletOptions options = ServletOptions.builder()
                .attach(String.class, request -> "of " + request.getRequestURI())
                .build();
        try (ContainerServer server = ContainerServer.start(options, all -> all.filter("proxy", proxy))) {
            CompletableFuture<Handshake> handshake = new CompletableFuture<>();
            server.server().onConnection(socket -> handshake.complete(socket.handshake()));
            try (RawPeer peer = server.connect()) {
                String sid = open(peer);
                post(peer, sid, "40");
            }
            Handshake seen = handshake.get(30, TimeUnit.SECONDS);
            assertThat(seen.principal()).isSameAs(user);
            assertThat(seen.host(String.class)).isEqualTo("of /socket.io/");
            assertThat(seen.address().getAddress().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
        }
    }

    private static String open(RawPeer peer) throws IOException {
        peer.send("GET " + PATH + "polling HTTP/1.1\r\nHost: a\r\n\r\n");
        String opened = body(peer.answer());
        assertThat(opened).startsWith("0{\"sid\":\"");
        return opened.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1");
    }

    private static RawPeer upgrade(ContainerServer server, String query) throws IOException {
        RawPeer peer = server.connect();
        peer.send("GET " + PATH + "websocket" + query + " HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n");
        assertThat(peer.answer()).startsWith("HTTP/1.1 101");
        return peer;
    }

    private static String get(RawPeer peer, String sid) throws IOException {
        peer.send("GET " + PATH + "polling&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n\r\n");
        return body(peer.answer());
    }

    private static String post(RawPeer peer, String sid, String packet) throws IOException {
        int length = packet.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        peer.send("POST " + PATH + "polling&sid=" + sid + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                + "Content-Length: " + length + "\r\n\r\n" + packet);
        return body(peer.answer());
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
