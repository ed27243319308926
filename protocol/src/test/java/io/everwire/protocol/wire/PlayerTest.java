package io.everwire.protocol.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the player itself: the outputs that it accepts, and its messages for all others. */
class PlayerTest {
    private static final String OPEN = """
        # a WebSocket
        w> WS /socket.io/parrot
        w< open
        app< transport parrot
        """;

    @Test
    void playsBothSides() {
        play(OPEN + """
            w> "hello \\u00e9 \\"$x\\""
            app< message / "hello \u00e9 \\"$x\\""
            w< "hello \\u00e9 \\"$x\\""
            w> <0102ff>
            w< <0102ff>
            w< nothing
            app> event / ack=3 ["a",{"_placeholder":true}] <01> <>
            w< "event / ack=3 [\\"a\\",{\\"_placeholder\\":true}] <01> <>"
            app> ack /n 13 []
            w< "ack /n 13 []"
            app> connect /n
            w< "connect /n"
            app> connect_error / {"message":"no"}
            w< "connect_error / {\\"message\\":\\"no\\"}"
            app> disconnect /
            w< "disconnect /"
            + 1s
            w< nothing
            + 9s
            w< "tick"
            app> close forced close
            w< close 1005
            app< closed forced close
            """);
    }

    @Test
    void playsExchanges() {
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

    @Test
    void playsStreams() {
        play("""
            # streams
            a> GET /socket.io/parrot/stream
            a< stream 200
               x-sid: $sid
               "begin $sid"
            app< transport parrot
            a< nothing
            app> disconnect /
            app> ack / 1 ["\u00e9"]
            a< "disconnect /"
            a< "ack / 1 [\\"\u00e9\\"]"
            a< nothing
            app> close forced close
            app< closed forced close
            a< end
            a< nothing
            b> GET /socket.io/parrot/stream
            b< stream 200
            app< transport parrot
            app> close parse error
            app< closed parse error
            b< drop
            c> GET /socket.io/parrot/stream
            c< stream 200
            app< transport parrot
            c> gone
            app< closed transport error
            c< nothing
            """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a< nothing           | 6: | expected: nothing           | actual:   \"disconnect /\"",
                "a< end               | 6: | expected: end               | actual:   \"disconnect /\"",
                "a< drop              | 6: | expected: drop              | actual:   \"disconnect /\"",
                "a< \"y\"             | 6: | expected: \"y\"             | actual:   \"disconnect /\"",
                "# nothing is expected | 2: | expected: nothing more on a | actual:   \"disconnect /\""
            })
    void saysWhatIsWrongWithAStream(String line, String place, String expected, String actual) {
        String open = "# x\na> GET /socket.io/parrot/stream\na< stream 200\napp< transport parrot\n";
        assertThatThrownBy(() -> play(open + "app> disconnect /\n" + line + "\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("x.wire:" + place)
                .hasMessageContainingAll(expected, actual);
    }

    @Test
    void aStreamIsNoWholeAnswerNorTheOpposite() {
        assertThatThrownBy(() -> play("# x\na> GET /socket.io/parrot/stream\na< 200\n"))
                .hasMessageContainingAll("x.wire:3:", "expected: 200");
        assertThatThrownBy(() -> play("# x\na> GET /x\na< stream 404\n"))
                .hasMessageContainingAll("x.wire:3:", "expected: stream 404");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w< nothing           | 6: | expected: nothing           | actual:   \"disconnect /\"",
                "w< \"y\"             | 6: | expected: \"y\"             | actual:   \"disconnect /\"",
                "w< <78>              | 6: | expected: <78>              | actual:   \"disconnect /\"",
                "w< close 1005        | 6: | expected: close 1005        | actual:   \"disconnect /\"",
                "app< closed x        | 6: | expected: closed x          | actual:   nothing",
                "# nothing is expected | 2: | expected: nothing more on w | actual:   \"disconnect /\"",
                "b< 200               | 6: | nothing was opened          | under this name",
                "app> close x         | 6: | no such reason              | x"
            })
    void saysWhatIsWrong(String line, String place, String first, String second) {
        assertThatThrownBy(() -> play(OPEN + "app> disconnect /\n" + line + "\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("x.wire:" + place)
                .hasMessageContainingAll(first, second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a< 200 | 4: | expected: 200                | actual:   404",
                "a< drop | 4: | expected: drop               | actual:   404",
                "a< pending | 4: | expected: pending            | actual:   404",
                "# nothing is expected | 2: | expected: no answer to a   | actual:   404"
            })
    void saysWhatIsWrongWithAnAnswer(String line, String place, String expected, String actual) {
        assertThatThrownBy(() -> play("# x\na> GET /x\n\n" + line + "\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("x.wire:" + place)
                .hasMessageContainingAll(expected, actual);
    }

    @Test
    void everythingToldMustBeExpected() {
        assertThatThrownBy(() -> play("# x\nw> WS /socket.io/parrot\nw< open\n"))
                .hasMessageContainingAll("x.wire:3:", "nothing more in app", "transport parrot");
    }

    @Test
    void bodiesAndHeadersMustBeEqual() {
        String answer = "# x\na> GET /socket.io/parrot\na< 200\n";
        assertThatThrownBy(() -> play(answer + "   x-sid: other\napp< transport parrot\n"))
                .hasMessageContainingAll("x.wire:3:", "x-sid: other", "x-sid: session-");
        assertThatThrownBy(() -> play(answer + "   \"$sid!\"\napp< transport parrot\n"))
                .hasMessageContainingAll("x.wire:3:", "$sid!", "session-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w> ", "nonsense", "w> \"a", "w< 20", "+ 5 minutes", "options pingInterval=1", "w> a b c"})
    void refusesWhatItDoesNotKnow(String line) {
        assertThatThrownBy(() -> Transcript.parse("x.wire", OPEN + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.wire:5: ");
    }

    private static void play(String transcript) {
        GenerationPlayer.play(Transcript.parse("x.wire", transcript), new Parrot());
    }
}
