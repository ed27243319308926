package io.everwire.netty.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.netty.EnginePort;
import io.everwire.protocol.wire.Parrot;
import io.everwire.protocol.wire.Transcript;
import io.everwire.testkit.wire.HostPlayer;
import io.everwire.testkit.wire.PlayedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the player: the outputs that it accepts, and its messages for others. */
@Timeout(120)
class HostPlayerTest {
    private static final String OPEN = """
        # a WebSocket
        w> WS /socket.io/parrot
        w< open
        app< transport parrot
        """;

    private static final String EXCHANGE = "# x\na> GET /socket.io/parrot\na< 200\n";

    @TempDir
    Path folder;

    @Test
    void playsBothSides() throws Exception {
        play(OPEN + """
            w> "hello \\u00e9"
            app< message / "hello \u00e9"
            w< "hello \\u00e9"
            w> <0102ff>
            w< <0102ff>
            w< nothing
            app> event / ack=3 ["a",{"_placeholder":true}] <01> <>
            w< "event / ack=3 [\\"a\\",{\\"_placeholder\\":true}] <01> <>"
            + 10ms
            w< nothing
            app> close forced close
            w< close 1005
            app< closed forced close
            """);
    }

    @Test
    void playsLongMessages() throws Exception {
        String text = '"' + "x".repeat(60_000) + '"';
        play(OPEN + "w> " + text + "\napp< message / " + text + "\nw< " + text + "\n");
    }

    @Test
    void playsExchanges() throws Exception {
        play("""
            # exchanges
            options maxPayload=5
            a> GET /elsewhere
            a< 404
            a> POST /socket.io/parrot
               X-Test: yes
               "hello"
            a< 200
               x-sid: $sid
               "$sid hello"
            app< transport parrot
            b> POST /socket.io/parrot?sid=$sid
               ...
            b< pending
            b> "h\\u00e9"
            b< 200
               "$sid h\\u00e9"
            a> POST /socket.io/parrot?sid=$sid
               "123456"
            a< drop
            b> POST /socket.io/parrot?sid=$sid
               ...
            b> gone
            app< closed transport error
            w> WS /socket.io/parrot?sid=$sid
            w< 400
               "UNKNOWN_SESSION"
            """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w< nothing           | 6: | expected: nothing           | actual:   \"disconnect /\"",
                "w< \"y\"             | 6: | expected: \"y\"             | actual:   \"disconnect /\"",
                "w< close 1005        | 6: | expected: close 1005        | actual:   \"disconnect /\"",
                "w< 200               | 6: | expected: 200               | actual:   \"disconnect /\"",
                "x< nothing           | 6: | nothing was opened          | x.wire",
                "w> \"$sid\"          | 6: | used before any output      | $sid",
                "app> close tired     | 6: | no such reason              | tired",
                "+ 1ms                | 2: | nothing more on w           | actual:   \"disconnect /\"",
            })
    void saysWhatIsWrong(String line, String place, String expected, String actual) {
        assertThatThrownBy(() -> play(OPEN + "app> disconnect /\n" + line + "\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("x.wire:" + place, expected, actual);
    }

    @Test
    void everythingToldMustBeExpected() {
        assertThatThrownBy(() -> play("# x\nw> WS /socket.io/parrot\nw< open\n"))
                .hasMessageContainingAll("x.wire:3:", "nothing more on app", "transport parrot");
    }

    @Test
    void everyAnswerMustBeExpected() {
        assertThatThrownBy(() -> play("# x\na> GET /elsewhere\n"))
                .hasMessageContainingAll("x.wire:2:", "nothing more on a", "404");
        assertThatThrownBy(() -> play("# x\na> GET /elsewhere\na> GET /elsewhere\na< 404\n"))
                .hasMessageContainingAll("x.wire:2:", "nothing more on a", "404");
    }

    @Test
    void bodiesAndHeadersMustBeEqual() {
        assertThatThrownBy(() -> play(EXCHANGE + "   x-sid: other\napp< transport parrot\n"))
                .hasMessageContainingAll("x.wire:3:", "x-sid: other", "X-Sid");
        assertThatThrownBy(() -> play(EXCHANGE + "   \"$sid!\"\napp< transport parrot\n"))
                .hasMessageContainingAll("x.wire:3:", "$sid!");
        assertThatThrownBy(() -> play(EXCHANGE.replace("200", "stream 200")))
                .hasMessageContainingAll("x.wire:3:", "expected: stream 200", "actual:   200");
        assertThatThrownBy(() -> play(EXCHANGE.replace("200", "drop"))).hasMessageContaining("expected: drop");
    }

    /** An output before its time is an error: the server may be late, but not early. */
    @Test
    void nothingComesBeforeItsTime() {
        assertThatThrownBy(() -> play(OPEN + "app> disconnect /\nw< nothing\n+ 30000ms\nw< \"disconnect /\"\n"))
                .hasMessageContainingAll("x.wire:6:", "expected: nothing", "actual:   \"disconnect /\"");
    }

    private void play(String text) throws Exception {
        HostPlayer.play(transcript(text), new Parrot(), PlayedHost.of(EnginePort::bind, 2));
    }

    private Transcript transcript(String text) throws IOException {
        return Transcript.read(Files.writeString(folder.resolve("x.wire"), text));
    }
}
