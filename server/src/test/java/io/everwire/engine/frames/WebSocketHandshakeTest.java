package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.Compression;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.wire.RecordedHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, section 1.3
    private static final String[] REQUEST = {
        "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Key", KEY, "Sec-WebSocket-Version", "13"
    };

    @Test
    void theExampleOfTheRfc() {
        assertThat(WebSocketHandshake.isRequested(head("GET", REQUEST))).isTrue();
        assertThat(WebSocketHandshake.responseHeaders(head("GET", REQUEST), null))
                .containsExactly(
                        "upgrade",
                        "websocket",
                        "connection",
                        "upgrade",
                        "sec-websocket-accept",
                        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive, Upgrade", "UPGRADE", "a,upgrade ,b"})
    void theConnectionHeaderMayNameMore(String connection) {
        assertThat(WebSocketHandshake.isRequested(head("GET", with("Connection", connection))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "8", "7"})
    void versionsThatAreSpoken(String version) {
        assertThat(WebSocketHandshake.isRequested(head("GET", with("Sec-WebSocket-Version", version))))
                .isTrue();
    }

    @Test
    void otherRequestsAreNotGranted() {
        assertThat(WebSocketHandshake.isRequested(head("POST", REQUEST))).isFalse();
        for (String[] wrong : new String[][] {
            with("Upgrade", "h2c"),
            with("Connection", "keep-alive"),
            with("Sec-WebSocket-Version", "6"),
            with("Sec-WebSocket-Version", ""),
            with("Sec-WebSocket-Key", "short"),
            with("Sec-WebSocket-Key", "AAAA"),
            {"Upgrade", "websocket", "Connection", "Upgrade"}
        }) {
            assertThat(WebSocketHandshake.isRequested(head("GET", wrong)))
                    .as(String.join(", ", wrong))
                    .isFalse();
        }
        List<String> twoKeys = new ArrayList<>(List.of(REQUEST));
        twoKeys.addAll(List.of("Sec-WebSocket-Key", KEY));
        assertThat(WebSocketHandshake.isRequested(head("GET", twoKeys.toArray(new String[0]))))
                .isFalse();
    }

    @Test
    void theFirstProtocolAndTheExtensionAreNamed() {
        RequestHead head = head(
                "GET",
                with(
                        "Sec-WebSocket-Protocol",
                        "one, two",
                        "Sec-WebSocket-Extensions",
                        "x",
                        "sec-websocket-extensions",
                        "permessage-deflate"));
        String extension = WebSocketHandshake.extension(head, new Compression.Deflate(0, true, 1));

        assertThat(extension).isEqualTo("permessage-deflate");
        assertThat(WebSocketHandshake.extension(head, null)).isNull();
        assertThat(WebSocketHandshake.responseHeaders(head, extension))
                .endsWith("sec-websocket-protocol", "one", "sec-websocket-extensions", "permessage-deflate");
        assertThat(WebSocketHandshake.protocol(head("GET", with("Sec-WebSocket-Protocol", "a b"))))
                .isNull();
    }

    @Test
    void versionsBefore13HaveNoExtension() {
        RequestHead head =
                head("GET", with("Sec-WebSocket-Version", "8", "Sec-WebSocket-Extensions", "permessage-deflate"));
        assertThat(WebSocketHandshake.extension(head, new Compression.Deflate(0, true, 1)))
                .isNull();
    }

    /** Returns the request with other values of headers, or with more headers. */
    private static String[] with(String... changed) {
        List<String> headers = new ArrayList<>(List.of(REQUEST));
        for (int i = 0; i < changed.length; i += 2) {
            int known = headers.indexOf(changed[i]);
            if (known >= 0) {
                headers.set(known + 1, changed[i + 1]);
            } else {
                headers.addAll(List.of(changed[i], changed[i + 1]));
            }
        }
        return headers.toArray(new String[0]);
    }

    private static RequestHead head(String method, String... headers) {
        return new RecordedHead(method, "/", List.of(headers), true);
    }
}
