package io.everwire.protocol.gen0;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordingExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * S5, S12: the client of every transport reads exactly the texts that an application sends.
 *
 * <p>The readers here are stricter than any client: scripts as ECMAScript 5 inside HTML, events as the HTML standard,
 * parts as Gecko, which took the boundary for one at any position.
 */
final class Gen0ConnectionsTest {
    private static final String[] PIECES = {
        "a", "</script>", "<!--", "-->", "<script", "]]>", "\"", "\\", "\\u003c", "'", "`${1}", "\u2028", "\u2029",
                "\u2027",
        "\r", "\n", "\r\n", "\n\n", "data: x", "id: 1", ": ", "--socketio", "--socketi", "-", "\0", "\u001f", "\u007f",
                "\u0085",
        "\ufeff", "\ufffd", "é", "€", "\ud83d\ude00", "~m~", "~m~1~m~", "~h~1", "~j~", "~j~{}", ");alert(1);(", "&lt;",
                "%3C"
    };
    private static final Pattern CALL = Pattern.compile("io\\.JSONP\\[(0|[1-9][0-9]{0,8})]\\._\\((\"[^\n]*\")\\);");
    private static final Pattern ELEMENT =
            Pattern.compile("<script>parent\\.s\\._\\((\"[^\n]*\"), document\\);</script>");
    private static final Pattern PART =
            Pattern.compile("Content-Type: text/plain\n\n(.*)\n--socketio\n", Pattern.DOTALL);

    private final GenerationHost host = new GenerationHost(new Gen0(), SessionOptions.DEFAULTS);
    private final Random random = new Random(20100315);

    @Test
    void jsonpPolling() {
        host.get("/socket.io/jsonp-polling//1/0");
        for (int i = 0; i < 1_000; i++) {
            List<String> sent = sendSome();
            RecordingExchange poll = host.get("/socket.io/jsonp-polling/" + host.sid() + "/2/" + i);
            Matcher call = CALL.matcher(poll.response().body().toString());
            assertThat(call.matches()).isTrue();
            assertThat(call.group(1)).isEqualTo("" + i);
            assertThat(said(evaluated(call.group(2)))).isEqualTo(sent);
        }
    }

    @Test
    void htmlfile() {
        RecordingExchange stream = host.get("/socket.io/htmlfile//1");
        assertThat(stream.response().body().length()).isEqualTo(256);
        for (int i = 0; i < 1_000; i++) {
            List<String> received = new ArrayList<>();
            int from = stream.stream().size();
            List<String> sent = sendSome();
            for (String piece : pieces(stream, from)) {
                Matcher element = ELEMENT.matcher(piece);
                assertThat(element.matches()).isTrue();
                assertThat(element.group(1)).doesNotContain("<");
                received.addAll(said(evaluated(element.group(1))));
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void xhrMultipart() {
        RecordingExchange stream = host.get("/socket.io/xhr-multipart/");
        for (int i = 0; i < 1_000; i++) {
            List<String> received = new ArrayList<>();
            int from = stream.stream().size();
            List<String> sent = sendSome();
            for (String piece : pieces(stream, from)) {
                Matcher part = PART.matcher(piece);
                assertThat(part.matches()).isTrue();
                assertThat(part.group(1)).doesNotContain("--socketio");
                received.addAll(said(part.group(1)));
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void serverEvents() {
        RecordingExchange stream = host.get("/socket.io/server-events");
        for (int i = 0; i < 1_000; i++) {
            List<String> received = new ArrayList<>();
            int from = stream.stream().size();
            List<String> sent = sendSome();
            pieces(stream, from).forEach(piece -> received.addAll(said(event(piece))));
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void jsonIsTheSameValueOnEveryTransport() {
        String json = "{\"--socketio\":[\"\\\\--socketio\",\r\n1,\"</script>\\u2028\u2029\"]\r}";
        Bytes payload = Gen0Framing.frame(Bytes.utf8("~j~" + json));
        List<Bytes> reframed = List.of(
                new Gen0Escaping("\r", " ").apply(payload),
                new Gen0Escaping("--socketio", "\\u002d-socketio").apply(payload),
                Bytes.utf8(evaluated(Gen0Text.script(payload).toString())));
        for (Bytes other : reframed) {
            String body = Vectors.decode(other).get(0).toString().substring(3);
            assertThat(JsonMapper.shared().readTree(body))
                    .isEqualTo(JsonMapper.shared().readTree(json));
        }
    }

    @Test
    void whatNeedsNoOtherWordsIsNotCopied() {
        Bytes payload = Gen0Framing.frame(Bytes.utf8("--socketi\n"));
        assertThat(new Gen0Escaping("\r", " ").apply(payload)).isSameAs(payload);
        assertThat(new Gen0Escaping("--socketio", "\\u002d-socketio").apply(payload))
                .isSameAs(payload);
    }

    /** Sends one to three texts, which leave as one payload or several; returns them. */
    private List<String> sendSome() {
        List<String> sent = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(6), 0, PIECES.length).forEach(piece -> text.append(PIECES[piece]));
            sent.add(text.toString());
            host.send(new Packet.Message("/", Packet.NO_ACK, Bytes.of(Json.quote(text.toString())), List.of()));
        }
        return sent;
    }

    private static List<String> pieces(RecordingExchange stream, int from) {
        return stream.stream().subList(from, stream.stream().size()).stream()
                .map(piece -> piece.substring(1, piece.length() - 1))
                .toList();
    }

    /**
     * Evaluates a string literal of ECMAScript 5, 7.8.4, which contains no line end of that standard, no quote, and
     * JSON's escapes only.
     */
    private static String evaluated(String literal) {
        assertThat(literal).matches("\"(?:[^\"\\\\\n\r\u2028\u2029]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-f]{4})*\"");
        byte[] json = literal.getBytes(StandardCharsets.UTF_8);
        return Json.text(json, 0, json.length);
    }

    /**
     * Returns the data of one event: lines end at CR LF, LF and CR; one blank behind the colon is removed; an empty
     * line dispatches.
     */
    private static String event(String piece) {
        String[] lines = piece.split("\r\n|\n|\r", -1);
        List<String> data = new ArrayList<>();
        for (int i = 0; i < lines.length - 2; i++) {
            assertThat(lines[i]).startsWith("data: ");
            data.add(lines[i].substring(6));
        }
        assertThat(lines[lines.length - 2]).isEmpty();
        assertThat(lines[lines.length - 1]).isEmpty();
        return String.join("\n", data);
    }

    /** Returns the texts that 0.6 clients read from a payload. */
    private static List<String> said(String payload) {
        List<String> said = new ArrayList<>();
        for (String body : Vectors.decode(payload)) {
            assertThat(body).doesNotStartWith("~h~");
            said.add(
                    body.startsWith("~j~")
                            ? JsonMapper.shared().readTree(body.substring(3)).asString()
                            : body);
        }
        return said;
    }
}
