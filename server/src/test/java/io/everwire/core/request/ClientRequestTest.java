package io.everwire.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.engine.DelegatingHead;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.wire.RecordedHead;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestTest {
    @Test
    void theLastOfEqualNamesOfTheQueryWins() {
        ClientRequest request = target("/socket.io/?a=1&b=x+y%20z&a=2&bare");

        assertThat(request.query("a")).isEqualTo("2");
        assertThat(request.query("b")).isEqualTo("x y z");
        assertThat(request.query("bare")).isEmpty();
        assertThat(request.query("c")).isNull();
        assertThat(request.query()).isEqualTo(Map.of("a", "2", "b", "x y z", "bare", ""));
    }

    @Test
    void aTargetWithoutAQueryHasNoParameters() {
        assertThat(target("/socket.io/").query()).isEmpty();
        assertThat(target("/socket.io/").query("a")).isNull();
    }

    @Test
    void theTargetIsAsSent() {
        ClientRequest request = target("//socket.io/%2F?a=%20");

        assertThat(request.target()).isEqualTo("//socket.io/%2F?a=%20");
        assertThat(request).hasToString("GET //socket.io/%2F?a=%20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "sid=1|1",
                "a=0; sid=1|1",
                "a=0;sid=1;b=2|1",
                "  sid  =  1  ; b=2|1",
                "sid=\"1\"|1",
                "sid=\" a b \"| a b ",
                "sid=\"|\"",
                "sid=\"1|\"1",
                "sid=a=b==|a=b==",
                "sid=%20|%20",
                "sid=a b|a b"
            })
    void aCookieIsReadWithoutSpacesAndQuotes(String header, String value) {
        assertThat(headers("Cookie", header).cookie("sid")).isEqualTo(value);
    }

    @Test
    void anEmptyCookieIsEmpty() {
        assertThat(headers("Cookie", "sid=; b=2").cookie("sid")).isEmpty();
        assertThat(headers("Cookie", "sid=\"\"").cookie("sid")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"xsid=1", "sid2=1", "SID=1", "sid", "a=sid=1", "=sid", "; ;", "connect.sid=1; x-sid=2"})
    void aNameThatOnlyResemblesItIsAnotherCookie(String header) {
        assertThat(headers("Cookie", header).cookie("sid")).isNull();
    }

    @Test
    void aCookieIsMissing() {
        assertThat(target("/").cookie("sid")).isNull();
        assertThat(headers("Set-Cookie", "sid=1").cookie("sid")).isNull();
        assertThat(headers("Cookie", "").cookie("sid")).isNull();
    }

    /** RFC 6265, section 5.4: the cookie with the longest path is sent first. */
    @Test
    void theFirstOfEqualCookiesWins() {
        assertThat(headers("Cookie", "sid=1; sid=2").cookie("sid")).isEqualTo("1");
        assertThat(headers("Cookie", "sid=1", "Cookie", "sid=2").cookie("sid")).isEqualTo("1");
    }

    /** HTTP/2 splits the header (RFC 9113, section 8.2.3); a gateway may pass the parts on. */
    @Test
    void severalHeadersAreSearched() {
        ClientRequest request = headers("cookie", "a=1", "X-Other", "sid=0", "COOKIE", "b=2; sid=3");

        assertThat(request.cookie("a")).isEqualTo("1");
        assertThat(request.cookie("sid")).isEqualTo("3");
    }

    @Test
    void headersAreInSmallLettersAndJoinedInTheirOrder() {
        ClientRequest request = headers("X-One", "1", "Origin", "http://a", "x-one", "2");

        assertThat(request.headers()).isEqualTo(Map.of("x-one", "1, 2", "origin", "http://a"));
        assertThat(request.header("X-ONE")).isEqualTo("1");
        assertThat(request.header("X-Two")).isNull();
    }

    @Test
    void mapsAreUnmodifiable() {
        ClientRequest request = new ClientRequest(new Head(RecordedHead.webSocket("/?a=1", "X-One", "1")));

        assertThatThrownBy(() -> request.headers().put("x-two", "2")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.query().put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theConnectionIsThatOfTheHead() {
        Head head = new Head(RecordedHead.webSocket("/"));
        ClientRequest request = new ClientRequest(head);

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.remoteAddress()).isEqualTo(head.remoteAddress());
        assertThat(request.secure()).isTrue();
        assertThat(request.upgrade()).isTrue();
    }

    private static ClientRequest target(String target) {
        return new ClientRequest(new Head(RecordedHead.webSocket(target)));
    }

    private static ClientRequest headers(String... headers) {
        return new ClientRequest(new Head(RecordedHead.webSocket("/", headers)));
    }

    /** A secure request. */
    private record Head(RequestHead head) implements DelegatingHead {
        @Override
        public InetSocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("client", 50_000);
        }

        @Override
        public boolean secure() {
            return true;
        }
    }
}
