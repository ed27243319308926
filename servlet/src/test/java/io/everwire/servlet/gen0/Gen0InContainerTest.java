package io.everwire.servlet.gen0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.servlet.ContainerServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Gen0InContainerTest {
    private static final ServletOptions ON = ServletOptions.builder().gen0(true).build();

    @Test
    @DisplayName("a client gets its echo over polling, if the option is on and the container takes double slashes")
    void echo() throws Exception {
        try (ContainerServer server = ContainerServer.start(ON, Application::lenient);
                RawPeer peer = server.connect()) {
            String opened = get(peer, "/socket.io/xhr-polling//1289345741901");
            assertThat(opened).startsWith("~m~");
            String sid = opened.replaceFirst("~m~\\d+~m~", "");
            String form = "data=~m~1~m~x";
            peer.send("POST /socket.io/xhr-polling/" + sid + "/send HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: "
                    + form.length()
                    + "\r\n\r\n" + form);
            assertThat(peer.answer()).endsWith("ok");
            assertThat(get(peer, "/socket.io/xhr-polling/" + sid + "/1")).isEqualTo("~m~9~m~echo of x");
        }
    }

    @Test
    @DisplayName("without the option, its requests are the application's")
    void off() throws Exception {
        try (ContainerServer server = ContainerServer.start(ServletOptions.DEFAULTS, Application::lenient);
                RawPeer peer = server.connect()) {
            peer.send("GET /socket.io/xhr-polling//1289345741901 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    @DisplayName("a Jetty that rejects double slashes does not start, and says what it needs")
    void strictJetty() {
        Assumptions.assumeTrue(TestContainer.installed().name().startsWith("Jetty"), "only Jetty rejects them");
        assertThatThrownBy(() -> ContainerServer.start(ON, application -> application))
                .hasStackTraceContaining("UriCompliance.LEGACY")
                .hasStackTraceContaining("setDecodeAmbiguousURIs(true)");
    }

    private static String get(RawPeer peer, String target) throws Exception {
        peer.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        String answer = peer.answer();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
