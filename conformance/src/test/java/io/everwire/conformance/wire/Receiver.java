package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * One client of one transport, which reads by the rules of its generation: what it receives in all, without the form of its transport,
 * is split into packets, and each packet is one value.
 */
final class Receiver {
    private static final Pattern SCRIPT = Pattern.compile("(?s)^[^\"]*(\"(?:[^\"\\\\]|\\\\.)*\")[^\"]*$");

    private final String name;
    private final Supplier<List<String>> received;
    private final Function<String, List<JsonNode>> read;

    /**
     * @param received returns the texts that arrived since the last call
     * @param read returns the values in one text
     */
    private Receiver(String name, Supplier<List<String>> received, Function<String, List<JsonNode>> read) {
        this.name = name;
        this.received = received;
        this.read = read;
    }

    /** Returns the values that arrived since the last call. */
    List<JsonNode> values() {
        return received.get().stream()
                .flatMap(text -> read.apply(text).stream())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns one client of every transport. */
    static List<Receiver> all(TestServer test) {
        String polling3 = "/socket.io/?EIO=3&transport=polling";
        String polling4 = "/socket.io/?EIO=4&transport=polling";
        List<Receiver> all = new ArrayList<>();
        all.add(new Receiver(
                "eio4 websocket", line(test, "/socket.io/?EIO=4&transport=websocket", "40"), Receiver::engine));
        all.add(new Receiver("eio4 msgpack", msgpack(test), Receiver::json));
        String sid4 = between(get(test, polling4), "\"sid\":\"", "\"");
        test.request("POST", polling4 + "&sid=" + sid4).body("40").send();
        all.add(new Receiver(
                "eio4 polling",
                poll(test, polling4 + "&sid=" + sid4),
                body -> many(body.split("\u001e"), Receiver::engine)));
        all.add(new Receiver("eio3 websocket", line(test, "/socket.io/?EIO=3&transport=websocket"), Receiver::engine));
        String sid3 = between(get(test, polling3), "\"sid\":\"", "\"");
        all.add(new Receiver("eio3 polling", poll(test, polling3 + "&sid=" + sid3), Receiver::lengths));
        String sid3j = between(script(get(test, polling3 + "&j=0")), "\"sid\":\"", "\"");
        all.add(new Receiver("eio3 jsonp", poll(test, polling3 + "&j=0&sid=" + sid3j), body -> lengths(script(body))));
        for (String transport : List.of("xhr-polling", "jsonp-polling", "htmlfile", "websocket")) {
            all.add(gen1(test, transport));
        }
        all.add(new Receiver("gen0 websocket", line(test, "/socket.io/websocket"), Receiver::marks));
        for (String transport : List.of("xhr-polling", "jsonp-polling", "htmlfile", "xhr-multipart", "server-events")) {
            all.add(gen0(test, transport));
        }
        all.forEach(Receiver::values);
        return all;
    }

    private static Receiver gen1(TestServer test, String transport) {
        String sid = get(test, "/socket.io/1/").replaceAll(":.*", "");
        String target = "/socket.io/1/" + transport + "/" + sid;
        return new Receiver(
                "gen1 " + transport,
                switch (transport) {
                    case "websocket" -> line(test, target);
                    case "htmlfile" -> stream(test.request("GET", target).send());
                    default -> poll(test, target + "?i=0");
                },
                transport.equals("websocket") || transport.equals("xhr-polling")
                        ? Receiver::packets
                        : body -> packets(script(body)));
    }

    private static Receiver gen0(TestServer test, String transport) {
        String index = transport.equals("jsonp-polling") ? "/0" : "";
        String target = "/socket.io/" + transport + "/";
        TestExchange opened = test.request("GET", target + "/1" + index).send();
        boolean polls = transport.endsWith("polling");
        String first = polls
                ? opened.response().body().toString()
                : String.join("", opened.pieces().subList(1, opened.pieces().size()));
        int id = first.indexOf("~m~20~m~") + "~m~20~m~".length();
        String sid = first.substring(id, id + 20);
        return new Receiver(
                "gen0 " + transport,
                polls ? poll(test, target + sid + "/1" + index) : stream(opened),
                switch (transport) {
                    case "xhr-polling" -> Receiver::marks;
                    case "xhr-multipart" ->
                        body -> marks(between(body, "Content-Type: text/plain\n\n", "\n--socketio\n"));
                    case "server-events" -> body -> marks(event(body));
                    default -> body -> marks(script(body));
                });
    }

    // The ways in which texts arrive

    private static Supplier<List<String>> line(TestServer test, String target, String... first) {
        TestWebSocket line = test.webSocket(target);
        for (String text : first) {
            line.send(text);
        }
        return news(() -> {
            assertThat(line.closed()).as("closed").isFalse();
            return line.received();
        });
    }

    private static Supplier<List<String>> msgpack(TestServer test) {
        TestWebSocket line = test.webSocket("/socket.io/?EIO=4&transport=websocket")
                .send(new byte[] {
                    (byte) 0x82, (byte) 0xa4, 't', 'y', 'p', 'e', 0, (byte) 0xa3, 'n', 's', 'p', (byte) 0xa1, '/'
                });
        return news(() -> line.receivedBinary().stream()
                .map(Bytes::toByteArray)
                .map(MsgpackText::json)
                .toList());
    }

    /** Polls again after each response. */
    private static Supplier<List<String>> poll(TestServer test, String target) {
        List<TestExchange> polls = new ArrayList<>();
        return () -> {
            List<String> bodies = new ArrayList<>();
            while (polls.isEmpty() || !polls.get(polls.size() - 1).pending()) {
                if (!polls.isEmpty()) {
                    TestExchange answered = polls.get(polls.size() - 1);
                    assertThat(answered.response().status()).isEqualTo(200);
                    assertThat(bodies).as(target).hasSizeLessThan(10);
                    bodies.add(text(answered.response().body()));
                }
                polls.add(test.request("GET", target).send());
            }
            return bodies;
        };
    }

    /** Returns a body as text. In one with bytes, EIO 3 writes a type, the digits of the length and 255 before each packet. */
    private static String text(Bytes body) {
        if (body.isEmpty() || body.at(0) > 1) {
            return body.toString();
        }
        StringBuilder texts = new StringBuilder();
        for (int at = 0; at < body.length(); ) {
            boolean isText = body.at(at++) == 0;
            int length = 0;
            for (; body.at(at) != (byte) 0xFF; at++) {
                length = 10 * length + body.at(at);
            }
            String packet = body.slice(at + 1, at + 1 + length).toString();
            texts.append(isText ? packet.length() + ":" + packet : "");
            at += 1 + length;
        }
        return texts.toString();
    }

    private static Supplier<List<String>> stream(TestExchange exchange) {
        return news(() -> {
            assertThat(exchange.pending()).as("pending").isTrue();
            List<String> pieces = exchange.pieces();
            return pieces.subList(1, pieces.size());
        });
    }

    private static Supplier<List<String>> news(Supplier<List<String>> all) {
        int[] seen = {0};
        return () -> {
            List<String> now = all.get();
            List<String> fresh = List.copyOf(now.subList(seen[0], now.size()));
            seen[0] = now.size();
            return fresh;
        };
    }

    private static String get(TestServer test, String target) {
        return test.request("GET", target).send().response().body().toString();
    }

    // The forms of transports

    /** Returns the only string in a script; it must end neither the script nor the line. */
    private static String script(String body) {
        Matcher script = SCRIPT.matcher(body);
        assertThat(script.matches()).as(body).isTrue();
        String literal = script.group(1);
        assertThat(literal).doesNotContain("<", "\u2028", "\u2029", "\n", "\r");
        return JsonMapper.shared().readTree(literal.replace("\\'", "'")).stringValue();
    }

    /** Returns the data of one server-sent event. */
    private static String event(String body) {
        List<String> data = new ArrayList<>();
        for (String line : body.split("\r\n|\r|\n", -1)) {
            if (line.startsWith("data: ")) {
                data.add(line.substring(6));
            }
        }
        return String.join("\n", data);
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    // The forms of generations

    private static List<JsonNode> many(String[] packets, Function<String, List<JsonNode>> each) {
        List<JsonNode> all = new ArrayList<>();
        for (String packet : packets) {
            all.addAll(each.apply(packet));
        }
        return all;
    }

    /** {@code 42["name",value]}, with attachments {@code 451-["name",value]}. Attachments and other packets have no value. */
    private static List<JsonNode> engine(String packet) {
        return packet.matches("(?s)4(2|5\\d+-)\\[.*")
                ? List.of(JsonMapper.shared()
                        .readTree(packet.substring(packet.indexOf('[')))
                        .get(1))
                : List.of();
    }

    /** {@code 8:42["a",1]}: each length is a number of UTF-16 units. */
    private static List<JsonNode> lengths(String body) {
        List<String> packets = new ArrayList<>();
        for (int at = 0; at < body.length(); ) {
            int colon = body.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(body.substring(at, colon));
            packets.add(body.substring(colon + 1, end));
            at = end;
        }
        return many(packets.toArray(new String[0]), Receiver::engine);
    }

    /** A packet of 0.9, or several, each after its length between two marks. */
    private static List<JsonNode> packets(String body) {
        List<String> packets = new ArrayList<>();
        if (!body.startsWith("\ufffd")) {
            packets.add(body);
        }
        for (int at = 0; body.startsWith("\ufffd", at); ) {
            int mark = body.indexOf('\ufffd', at + 1);
            int end = mark + 1 + Integer.parseInt(body.substring(at + 1, mark));
            packets.add(body.substring(mark + 1, end));
            at = end;
        }
        return many(packets.toArray(new String[0]), packet -> {
            String data = packet.replaceFirst("(?s)^[^:]*:[^:]*:[^:]*:?", "");
            return switch (packet.charAt(0)) {
                case '3' -> List.of(StringNode.valueOf(data));
                case '4' -> json(data);
                case '5' ->
                    List.of(JsonMapper.shared().readTree(data).get("args").get(0));
                default -> List.of();
            };
        });
    }

    /** {@code ~m~5~m~hello}: each length is a number of UTF-16 units. */
    private static List<JsonNode> marks(String body) {
        List<JsonNode> values = new ArrayList<>();
        for (int at = 0; at < body.length(); ) {
            int mark = body.indexOf("~m~", at + 3);
            int end = mark + 3 + Integer.parseInt(body.substring(at + 3, mark));
            String data = body.substring(mark + 3, end);
            at = end;
            JsonNode value =
                    data.startsWith("~j~") ? JsonMapper.shared().readTree(data.substring(3)) : StringNode.valueOf(data);
            assertThat(data).doesNotStartWith("~h~");
            values.add(value.has("args") ? value.get("args").get(0) : value);
        }
        return values;
    }

    private static List<JsonNode> json(String text) {
        JsonNode tree = JsonMapper.shared().readTree(text);
        return tree.has("type")
                ? (tree.get("type").asInt() == 2 ? List.of(tree.get("data").get(1)) : List.of())
                : List.of(tree);
    }
}
