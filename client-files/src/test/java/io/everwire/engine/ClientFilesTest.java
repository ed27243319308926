package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.Response;
import io.everwire.protocol.wire.RecordedHead;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilesTest {
    private static final List<String> ALL =
            List.of("4.8.4", "2.5.0", "1.7.4", "0.9.17", "0.6.3", "0.6.2", "0.6.1", "0.6");

    private final ClientFiles files = new ClientFiles(ALL);

    @Test
    void theChosenVersionStandsRightUnderThePath() {
        Response response = get("/socket.io.js");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsExactly(
                        "Content-Type",
                        "application/javascript; charset=utf-8",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Cache-Control",
                        "public, max-age=0",
                        "ETag",
                        "\"4.8.4\"",
                        "Vary",
                        "Accept-Encoding");
        assertThat(response.body().toString()).contains("Socket.IO v4.8.4");
        assertThat(get("/socket.io.js?v=1").body()).isEqualTo(response.body());
        assertThat(get("/4.8.4/socket.io.js").body()).isEqualTo(response.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io.min.js, application/javascript",
        "/socket.io.min.js.map, application/json",
        "/socket.io.esm.min.js, application/javascript",
        "/socket.io.msgpack.min.js, application/javascript",
        "/2.5.0/socket.io.js, application/javascript",
        "/2.5.0/socket.io.js.map, application/json",
        "/1.7.4/socket.io.js, application/javascript",
        "/1.7.4/socket.io.min.js, application/javascript",
        "/1.7.4/socket.io.js.map, application/json",
        "/0.9.17/socket.io.js, application/javascript",
        "/0.9.17/socket.io.min.js, application/javascript",
        "/0.9.17/static/flashsocket/WebSocketMain.swf, application/x-shockwave-flash",
        "/0.9.17/static/flashsocket/WebSocketMainInsecure.swf, application/x-shockwave-flash",
        "/0.6/socket.io.js, text/javascript",
        "/0.6.1/socket.io.js, text/javascript",
        "/0.6.2/socket.io.js, text/javascript",
        "/0.6.3/socket.io.js, text/javascript",
        "/0.6.3/WebSocketMain.swf, application/x-shockwave-flash",
    })
    void everyVersionStandsUnderItsOwnPath(String path, String type) {
        Response response = get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get(1)).startsWith(type);
        assertThat(response.body().length()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.7.4", "2.5.0"})
    void theLastClientsOf1And2AreServedWithTheirMaps(String version) {
        ClientFiles files = new ClientFiles(List.of(version));
        RecordedHead anybody = RecordedHead.get("/");
        Response script = Objects.requireNonNull(files.find(anybody, "/socket.io.js"));

        assertThat(script.headers()).containsSubsequence("ETag", "\"" + version + "\"");
        assertThat(script.body()).isEqualTo(get("/" + version + "/socket.io.js").body());
        assertThat(script.body().toString().contains("\n//# sourceMappingURL=socket.io.js.map"))
                .isTrue();
        assertThat(files.find(anybody, "/socket.io.js.map").body().toString().startsWith("{\"version\":3,"))
                .isTrue();
        assertThat(files.find(RecordedHead.get("/", "If-None-Match", "\"" + version + "\""), "/socket.io.js")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void anotherVersionMayBeTheChosenOne() {
        ClientFiles old = new ClientFiles(List.of("0.6.3", "4.8.4"));

        Response response = Objects.requireNonNull(old.find(RecordedHead.get("/"), "/socket.io.js"));

        assertThat(response.headers()).containsSubsequence("ETag", "\"0.6.3\"");
        assertThat(old.find(RecordedHead.get("/"), "/socket.io.min.js")).isNull();
        assertThat(old.find(RecordedHead.get("/"), "/4.8.4/socket.io.min.js")).isNotNull();
    }

    /** Old clients have known weaknesses, and Flash files run for pages of other origins. */
    @Test
    void otherVersionsAreServedOnRequestOnly() {
        ClientFiles today = new ClientFiles(List.of("4.8.4"));
        for (String path : List.of(
                "/2.5.0/socket.io.js",
                "/1.7.4/socket.io.js",
                "/1.7.4/socket.io.js.map",
                "/0.9.17/socket.io.js",
                "/0.9.17/static/flashsocket/WebSocketMain.swf",
                "/0.9.17/static/flashsocket/WebSocketMainInsecure.swf",
                "/0.6.3/socket.io.js",
                "/0.6/WebSocketMain.swf",
                "/0.6/lib/vendor/web-socket-js/WebSocketMain.swf",
                "/lib/vendor/web-socket-js/WebSocketMain.swf")) {
            assertThat(find(path)).as(path).isNotNull();
            assertThat(today.find(RecordedHead.get("/socket.io" + path), path))
                    .as(path)
                    .isNull();
        }
        assertThat(today.find(RecordedHead.get("/"), "/4.8.4/socket.io.js")).isNotNull();
        ClientFiles two = new ClientFiles(List.of("4.8.4", "0.6.1"));
        assertThat(Objects.requireNonNull(
                                two.find(RecordedHead.get("/"), "/lib/vendor/web-socket-js/WebSocketMain.swf"))
                        .headers())
                .containsSubsequence("ETag", "\"0.6.1\"");
    }

    /**
     * The scripts of socket.io 0.6 request the long name right under the path, from any folder of their own.
     */
    @ParameterizedTest
    @CsvSource({
        "0.6, /WebSocketMain.swf, 0.6, 180182",
        "0.6, /lib/vendor/web-socket-js/WebSocketMain.swf, 0.6, 180182",
        "0.6.2, /lib/vendor/web-socket-js/WebSocketMain.swf, 0.6.2, 180028",
        "4.8.4, /lib/vendor/web-socket-js/WebSocketMain.swf, 0.6.3, 175830",
        "4.8.4, /0.6/WebSocketMain.swf, 0.6, 180182",
        "4.8.4, /0.6/lib/vendor/web-socket-js/WebSocketMain.swf, 0.6, 180182",
        "4.8.4, /0.6.1/lib/vendor/web-socket-js/WebSocketMain.swf, 0.6.1, 180182",
        "0.6, /0.6.2/lib/vendor/web-socket-js/WebSocketMain.swf, 0.6.2, 180028",
        "0.6.3, /0.6.3/lib/vendor/web-socket-js/WebSocketMain.swf, 0.6.3, 175830",
    })
    void theFlashFileHasTwoNames(String chosen, String path, String version, int length) {
        Response response = Objects.requireNonNull(
                new ClientFiles(List.of(chosen, version)).find(RecordedHead.get("/socket.io" + path), path));

        assertThat(response.headers())
                .containsSubsequence("Content-Type", "application/x-shockwave-flash", "ETag", "\"" + version + "\"");
        assertThat(response.body().length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4.8.4\"", "W/\"4.8.4\"", "4.8.4", "\"x\", W/\"4.8.4\"", "*"})
    void aClientThatHasTheFileIsNotSentItAgain(String tag) {
        Response response =
                Objects.requireNonNull(files.find(RecordedHead.get("/", "If-None-Match", tag), "/socket.io.js"));

        assertThat(response.status()).isEqualTo(304);
        assertThat(response.headers())
                .containsExactly("Cache-Control", "public, max-age=0", "ETag", "\"4.8.4\"", "Vary", "Accept-Encoding");
        assertThat(response.body().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4.8.3\"", "W/\"0.6\"", "4.8", "", "\"", "W/4.8.4"})
    void aClientThatHasAnotherVersionIsSentThisOne(String tag) {
        Response response =
                Objects.requireNonNull(files.find(RecordedHead.get("/", "If-None-Match", tag), "/socket.io.js"));

        assertThat(response.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io.js",
                "/socket.io.min.js",
                "/socket.io.esm.min.js",
                "/socket.io.msgpack.min.js",
                "/socket.io.js.map",
                "/socket.io.min.js.map",
                "/socket.io.esm.min.js.map",
                "/socket.io.msgpack.min.js.map"
            })
    void everyFileIsSmallerForWhoTakesItSo(String path) throws Exception {
        Response plain = get(path);
        Response gzip = Objects.requireNonNull(files.find(RecordedHead.get("/", "Accept-Encoding", "gzip, br"), path));
        Response deflate =
                Objects.requireNonNull(files.find(RecordedHead.get("/", "Accept-Encoding", "deflate"), path));

        assertThat(gzip.headers()).containsSubsequence("Vary", "Accept-Encoding", "Content-Encoding", "gzip");
        assertThat(gzip.body().length()).isLessThan(plain.body().length() / 2);
        byte[] unzipped =
                new GZIPInputStream(new ByteArrayInputStream(gzip.body().toByteArray())).readAllBytes();
        assertThat(unzipped).isEqualTo(plain.body().toByteArray());
        byte[] inflated =
                new InflaterInputStream(new ByteArrayInputStream(deflate.body().toByteArray())).readAllBytes();
        assertThat(inflated).isEqualTo(plain.body().toByteArray());
        assertThat(Objects.requireNonNull(files.find(RecordedHead.get("/", "Accept-Encoding", "gzip"), path))
                        .body())
                .as("compressed once")
                .isSameAs(gzip.body());
    }

    @Test
    void aCompressedFileIsServedUnchanged() {
        Response response = Objects.requireNonNull(
                files.find(RecordedHead.get("/", "Accept-Encoding", "gzip"), "/0.6.3/WebSocketMain.swf"));

        assertThat(response.headers()).doesNotContain("Content-Encoding", "Vary");
    }

    @Test
    void headIsAnsweredLikeGetAndOthersNot() {
        assertThat(Objects.requireNonNull(files.find(RecordedHead.of("HEAD", "/"), "/socket.io.js")))
                .isEqualTo(get("/socket.io.js"));
        assertThat(files.find(RecordedHead.of("POST", "/"), "/socket.io.js")).isNull();
        assertThat(files.find(RecordedHead.of("OPTIONS", "/"), "/socket.io.js")).isNull();
        assertThat(files.find(RecordedHead.webSocket("/"), "/socket.io.js")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?EIO=4&transport=polling",
                "/nothing.js",
                "/index.properties",
                "/../index.properties",
                "/4.8.4/",
                "/4.8.4",
                "/4.8.4/../index.properties",
                "/4.8.4/../4.8.4/socket.io.js",
                "/../../../module-info.class",
                "/..%2findex.properties",
                "/%73ocket.io.js",
                "/\\socket.io.js",
                "//socket.io.js",
                "/./socket.io.js",
                "/socket.io.js/",
                "/SOCKET.IO.JS",
                "/9.9.9/socket.io.js",
                "/0.6.3/socket.io.min.js",
                "/aliases.properties",
                "/2.5.0/socket.io.min.js",
                "/2.5.0/LICENSE",
                "/WebSocketMain.swf",
                "/4.8.4/WebSocketMain.swf",
                "/4.8.4/lib/vendor/web-socket-js/WebSocketMain.swf",
                "/lib/vendor/web-socket-js/WebSocketMainInsecure.swf"
            })
    void nothingElseIsServed(String path) {
        assertThat(find(path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9", "", "4.8", "../4.8.4", "4.8.4/"})
    void aVersionThatIsNotPackedIsRefusedAtTheStart(String version) {
        assertThatThrownBy(() -> new ClientFiles(List.of(version)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("clientFiles: version " + version);
    }

    @Test
    void noneAreServedIfNoneAreWanted() {
        ClientFiles none = new ClientFiles(List.of());

        assertThat(none.find(RecordedHead.get("/"), "/socket.io.js")).isNull();
        assertThat(none.find(RecordedHead.get("/"), "/0.6.3/socket.io.js")).isNull();
    }

    private @Nullable Response find(String path) {
        return files.find(RecordedHead.get("/socket.io" + path), path);
    }

    private Response get(String path) {
        return Objects.requireNonNull(find(path));
    }
}
