package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestResponse;
import io.everwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Responses that are compressed for a client that accepts gzip. */
class CompressionTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static final String LARGE = "x".repeat(2000);

    private final TestServer test = TestServer.create();

    @Test
    void anAnswerWithALargePacketIsCompressed() throws Exception {
        String sid = join(test);
        test.server().emit("large", LARGE);

        TestResponse answer = poll(test, sid).response();

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.body().length()).isLessThan(200);
        assertThat(text(answer.body())).isEqualTo("42[\"large\",\"" + LARGE + "\"]");
    }

    @Test
    void anAnswerOfPacketsThatAreNotWorthItIsNot() {
        String sid = join(test);
        test.server().compress(false).emit("large", LARGE);

        assertThat(poll(test, sid).response().header("Content-Encoding")).isNull();

        test.server().compress(false).emit("large", LARGE);
        test.server().emit("small");
        assertThat(poll(test, sid).response().header("Content-Encoding"))
                .as("a response worth compressing")
                .isEqualTo("gzip");
    }

    @Test
    void smallAnswersAreNotNorTheHandshakeNorThatToAPost() {
        TestResponse opened = test.request("GET", OPEN)
                .header("Accept-Encoding", "gzip")
                .send()
                .response();
        String sid = sid(opened);
        TestResponse posted = test.request("POST", OPEN + "&sid=" + sid)
                .header("Accept-Encoding", "gzip")
                .body("40")
                .send()
                .response();

        assertThat(opened.header("Content-Encoding")).isNull();
        assertThat(posted.header("Content-Encoding")).isNull();
        assertThat(poll(test, sid).response().header("Content-Encoding")).isNull();
    }

    @Test
    void theThresholdIsAnOption() {
        TestServer never = TestServer.create(
                ServerOptions.builder().httpCompression(Integer.MAX_VALUE).build());
        String sid = join(never);
        never.server().emit("large", LARGE);
        assertThat(poll(never, sid).response().header("Content-Encoding")).isNull();

        TestServer always =
                TestServer.create(ServerOptions.builder().httpCompression(0).build());
        String other = join(always);
        always.server().emit("small");
        assertThat(poll(always, other).response().header("Content-Encoding")).isEqualTo("gzip");
    }

    private static String join(TestServer test) {
        String sid = sid(test.request("GET", OPEN).send().response());
        test.request("POST", OPEN + "&sid=" + sid).body("40").send();
        test.request("GET", OPEN + "&sid=" + sid).send();
        return sid;
    }

    private static TestExchange poll(TestServer test, String sid) {
        return test.request("GET", OPEN + "&sid=" + sid)
                .header("Accept-Encoding", "gzip, deflate, br")
                .send();
    }

    private static String sid(TestResponse opened) {
        return opened.text().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    private static String text(Bytes gzip) throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.toByteArray()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
