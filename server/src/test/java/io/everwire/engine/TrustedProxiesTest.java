package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.RequestHead;
import io.everwire.protocol.wire.RecordedHead;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer of all requests is 127.0.0.1. */
class TrustedProxiesTest {
    private static final TrustedProxies TRUSTED =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/33"));

    @Test
    void withoutProxiesNobodyIsBelieved() {
        assertThat(seen(TrustedProxies.NONE, "X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https"))
                .isEqualTo("127.0.0.1:50000");
    }

    @Test
    void anUntrustedPeerIsNotBelieved() {
        assertThat(seen(TrustedProxies.of(List.of("127.0.0.2")), "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo("127.0.0.1:50000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                       | 192.0.2.1:0",
                "192.0.2.1:4711                  | 192.0.2.1:4711",
                "2001:DB9::1                     | 2001:db9:0:0:0:0:0:1:0",
                "[2001:db9::1]                   | 2001:db9:0:0:0:0:0:1:0",
                "[2001:db9::1]:4711              | 2001:db9:0:0:0:0:0:1:4711",
                "::ffff:192.0.2.1                | 192.0.2.1:0",
                "203.0.113.9, 192.0.2.1          | 192.0.2.1:0",
                "203.0.113.9, 192.0.2.1, 10.1.2.3 | 192.0.2.1:0",
                "203.0.113.9,10.1.2.3,10.4.5.6   | 203.0.113.9:0",
                "192.0.2.1, 2001:db8:7fff::1     | 192.0.2.1:0",
                "192.0.2.1, 2001:db8:8000::1     | 2001:db8:8000:0:0:0:0:1:0",
                "10.1.2.3                        | 10.1.2.3:0",
                "unknown                         | 127.0.0.1:50000",
                "192.0.2.1, unknown              | 127.0.0.1:50000",
                "unknown, 10.1.2.3               | 10.1.2.3:0",
                "192.0.2.256                     | 127.0.0.1:50000",
                "1.2.3                           | 127.0.0.1:50000",
                "localhost                       | 127.0.0.1:50000",
                "192.0.2.1:99999                 | 127.0.0.1:50000",
                "192.0.2.1:x                     | 127.0.0.1:50000",
                "1:2                             | 127.0.0.1:50000",
                "[                               | 127.0.0.1:50000",
                "''                              | 127.0.0.1:50000",
            })
    void theNearestAddressThatIsNotTrustedIsTheClients(String header, String client) {
        assertThat(seen(TRUSTED, "X-Forwarded-For", header)).isEqualTo(client);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(seen(
                        TRUSTED,
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "x-forwarded-for",
                        "192.0.2.1",
                        "X-Forwarded-For",
                        "10.0.0.1"))
                .isEqualTo("192.0.2.1:0");
    }

    @Test
    void theNearestProxyTellsTheProtocol() {
        assertThat(seen(TRUSTED, "X-Forwarded-Proto", "HTTPS")).isEqualTo("127.0.0.1:50000 secure");
        assertThat(seen(TRUSTED, "X-Forwarded-Proto", "https, http", "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo("192.0.2.1:0");
        assertThat(seen(TRUSTED, "X-Forwarded-Proto", "wss", "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo("192.0.2.1:0 secure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1                                     | 192.0.2.1:0",
                "For=\"192.0.2.1:4711\";Proto=https                | 192.0.2.1:4711 secure",
                "by=10.0.0.1; for=\"[2001:db9::1]:4711\";proto=http | 2001:db9:0:0:0:0:0:1:4711",
                "for=192.0.2.1;proto=https, for=10.0.0.1;proto=http | 192.0.2.1:0 secure",
                "for=203.0.113.9;proto=https, for=192.0.2.1        | 192.0.2.1:0",
                "for=\"203.0.113.9, for=192.0.2.1                  | 192.0.2.1:0",
                "for=_hidden                                       | 127.0.0.1:50000",
                "proto=https                                       | 127.0.0.1:50000",
            })
    void forwardedIsReadIfThatIsWhatTheyWrite(String header, String client) {
        assertThat(seen(TRUSTED.forwarded(), "Forwarded", header, "X-Forwarded-For", "198.51.100.1"))
                .isEqualTo(client);
        assertThat(seen(TRUSTED, "Forwarded", header))
                .as("their headers mean nothing")
                .isEqualTo("127.0.0.1:50000");
    }

    @Test
    void theRestOfTheRequestStays() {
        RecordedHead head = RecordedHead.webSocket("/socket.io/?x", "X-Forwarded-For", "192.0.2.1", "Origin", "o");
        RequestHead seen = TRUSTED.seenThrough(head);

        assertThat(List.of(seen.method(), seen.target(), seen.upgrade(), seen.draft()))
                .containsExactly("GET", "/socket.io/?x", true, false);
        assertThat(seen.header("origin")).isEqualTo("o");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::1/129",
                "10.0.0/8",
                "fe80::1%lo",
                "1::2::3"
            })
    void anInvalidNetworkIsRejected(String network) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trustedProxies: \"" + network + "\"");
    }

    @Test
    void noHeaderCausesAnExceptionOrALookUpOfAName() {
        Random random = new Random(4711);
        String alphabet = "0123456789abcdef:.[]\",;=% for";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThatCode(() -> {
                        seen(TRUSTED, "X-Forwarded-For", value.toString());
                        seen(TRUSTED.forwarded(), "Forwarded", "for=" + value);
                    })
                    .as(value.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static String seen(TrustedProxies proxies, String... headers) {
        RequestHead head = proxies.seenThrough(RecordedHead.get("/", headers));
        String address = head.remoteAddress().getAddress().getHostAddress();
        return address + ":" + head.remoteAddress().getPort() + (head.secure() ? " secure" : "");
    }
}
