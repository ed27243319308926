package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * B14: data that looks like the framing of any generation. One client sends it, a handler relays it to a room, and a client of every
 * generation and transport receives exactly this value, once, and nothing else.
 */
class RelayedDataTest {
    private static final List<String> VALUES = List.of(
            "{\"_placeholder\":true,\"num\":0}",
            "{\"_placeholder\":true,\"num\":99}",
            "{\"_placeholder\":true,\"num\":-1}",
            "{\"_placeholder\":true,\"num\":1.5}",
            "{\"_placeholder\":true,\"num\":\"0\"}",
            "{\"_placeholder\":true}",
            "{\"_placeholder\":1,\"num\":0}",
            "{\"num\":0,\"_placeholder\":true,\"more\":[{\"_placeholder\":true,\"num\":1}]}",
            "[[{\"a\":{\"_placeholder\":true,\"num\":0}}]]",
            "{\"\\u005fplaceholder\":true,\"num\":0}",
            "{\"name\":\"e\",\"arguments\":[1]}",
            "\"b4AAEC\"",
            "\"4b\"",
            "\"6\"",
            "\"41\"",
            "\"2:40\"",
            "\"451-[]\"",
            "\"\\u0000\\u0001\\u001f\"",
            "\"\\u001e41\"",
            "\"\\ufffd5\\ufffd0::\"",
            "\"a\\ufffd4\\ufffd0::b\"",
            "\"0::\"",
            "\"~m~3~m~abc\"",
            "\"~j~[1]\"",
            "\"~h~1\"",
            "\"~j~~h~~m~\"",
            "\"\\u2028\\u2029\"",
            "\"</script><script>alert(1)</script><!--\"",
            "\"\\\");alert(1);//\"",
            "\"\\\\\\\"'/\"",
            "\"\\r\\n\\r\\n--socketio\\n\"",
            "\"\\ndata: x\\n\\nretry: 1\"",
            "\"\\ud83d\\ude00\\u00e9\\u20ac\"",
            "\"\"");

    /** The forms of events and messages over a WebSocket, for each generation. */
    private static final List<Arguments> SENDERS = List.of(
            Arguments.of("eio4", "/socket.io/?EIO=4&transport=websocket", "40", "42[\"relay\",%s]"),
            Arguments.of("eio4", "/socket.io/?EIO=4&transport=websocket", "40", "42[\"message\",%s]"),
            Arguments.of("eio3", "/socket.io/?EIO=3&transport=websocket", "", "42[\"relay\",%s]"),
            Arguments.of("eio3", "/socket.io/?EIO=3&transport=websocket", "", "42[\"message\",%s]"),
            Arguments.of("gen1", "/socket.io/1/websocket/SID", "", "5:::{\"name\":\"relay\",\"args\":[%s]}"),
            Arguments.of("gen1", "/socket.io/1/websocket/SID", "", "4:::%s"),
            Arguments.of("gen0", "/socket.io/websocket", "", "~j~%s"));

    private final TestServer test =
            TestServer.create(ServerOptions.builder().scriptTransports(true).build());

    static Stream<Arguments> senders() {
        return SENDERS.stream();
    }

    @ParameterizedTest
    @MethodSource("senders")
    void theValueArrivesAndNothingElse(String generation, String target, String join, String form) {
        test.server().onConnection(socket -> socket.join("room"));
        test.server().onRaw("relay", (socket, arguments) -> {
            socket.to("room").emit("relayed", arguments.all().toArray());
            return null;
        });
        test.server()
                .onMessage(Object.class, (socket, message) -> socket.to("room").send(message));
        List<Receiver> receivers = Receiver.all(test);
        TestWebSocket sender = open(target, join);

        for (String value : VALUES) {
            sender.send(message(form, value));

            JsonNode expected = JsonMapper.shared().readTree(value);
            for (Receiver receiver : receivers) {
                assertThat(receiver.values()).as("%s to %s", value, receiver).containsExactly(expected);
            }
            assertThat(sender.closed()).isFalse();
        }
    }

    /** Beside binary data, a mark in the value of a client is null (decision 39): nothing else changes. */
    @ParameterizedTest
    @MethodSource("senders")
    void besideBinaryDataMarksAreNull(String generation, String target, String join, String form) {
        test.server().onConnection(socket -> socket.join("room"));
        test.server().onRaw("relay", (socket, arguments) -> {
            socket.to("room").emit("relayed", arguments.all().get(0), new byte[] {1, 2});
            return null;
        });
        test.server()
                .onMessage(
                        Object.class,
                        (socket, message) -> socket.to("room").emit("relayed", message, new byte[] {1, 2}));
        List<Receiver> receivers = Receiver.all(test);
        TestWebSocket sender = open(target, join);

        for (String value : VALUES) {
            sender.send(message(form, value));

            UnaryOperator<String> unmark =
                    text -> text.replaceAll("(\"(_|\\\\u005f)placeholder\"):(true|1)", "$1:null");
            JsonNode expected = JsonMapper.shared().readTree(unmark.apply(value));
            for (Receiver receiver : receivers) {
                assertThat(receiver.values()).as("%s to %s", value, receiver).containsExactly(expected);
            }
        }
    }

    private TestWebSocket open(String target, String join) {
        String sid = target.contains("SID")
                ? test.request("GET", "/socket.io/1/")
                        .send()
                        .response()
                        .body()
                        .toString()
                        .replaceAll(":.*", "")
                : "";
        TestWebSocket sender = test.webSocket(target.replace("SID", sid));
        return join.isEmpty() ? sender : sender.send(join);
    }

    /** Returns a message; 0.6 counts UTF-16 units. */
    private static String message(String form, String value) {
        String message = form.replace("%s", value);
        return message.startsWith("~") ? "~m~" + message.length() + "~m~" + message : message;
    }
}
