package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.protocol.Generation;
import io.everwire.protocol.generations.Generations;
import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each request and packet, and pairs of them, in each state of a session, beside what the original servers do ({@code
 * vectors/<generation>/sessions.json}). It compares docs/session-states.md; {@code -Deverwire.docs.accept=true} writes it.
 */
class SessionStatesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DOCUMENT = ROOT.resolve("docs/session-states.md");

    /** The time between two steps in {@code sessions.mjs}. */
    private static final Duration SETTLE = Duration.ofMillis(150);

    /** Answers of Everwire, each with another answer of the original, that the document explains once for all rows. */
    private static final List<List<List<String>>> COMMON = List.of(
            List.of(List.of("GET: 400 "), List.of("GET: 500 ")),
            List.of(List.of("GET: 200 8::"), List.of("GET: pending")),
            List.of(List.of("GET: 200 "), List.of("GET: pending")),
            List.of(List.of("WS: 400"), List.of("WS: 101", "7:::1+0", "closed")));

    /** One scenario with its two results. */
    private record Row(String state, String steps, boolean pair, Result ours, Result theirs) {
        boolean same() {
            List<List<String>> known = new ArrayList<>();
            for (int i = 0; i < theirs.answers.size(); i++) {
                List<String> answer = theirs.answers.get(i);
                boolean common = COMMON.contains(List.of(ours.answers.get(i), answer));
                known.add(common ? ours.answers.get(i) : answer);
            }
            return ours.answers.equals(known) && (ours.closed == null) == (theirs.closed == null);
        }
    }

    /**
     * The behaviour of one server.
     *
     * @param closed the reason for which the session was closed, or null
     */
    private record Result(
            List<List<String>> answers, @Nullable String closed) {
        String text() {
            List<String> parts = new ArrayList<>();
            answers.forEach(answer -> parts.add("`" + String.join("` `", answer).replace("\u001e", "\u241e") + "`"));
            if (closed != null) {
                parts.add("**closed**: " + closed);
            }
            return String.join("; ", parts);
        }
    }

    @Test
    void theTableShowsBothServers() throws IOException {
        String document = document(rows());

        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
    }

    /** No row closes a session that the original server keeps. */
    @Test
    void noSessionIsClosedThatTheOriginalKeeps() {
        rows().forEach((generation, rows) -> assertThat(rows)
                .as(generation)
                .hasSizeGreaterThan(500)
                .allSatisfy(row -> assertThat(row.ours.closed != null && row.theirs.closed == null)
                        .as("%s: %s: %s instead of %s", row.state, row.steps, row.ours, row.theirs)
                        .isFalse()));
    }

    private static Map<String, List<Row>> rows() {
        Map<String, List<Row>> rows = new TreeMap<>();
        for (Generation generation : Generations.ALL) {
            Path file = ROOT.resolve("vectors").resolve(generation.name()).resolve("sessions.json");
            if (Files.exists(file)) {
                JsonNode vectors = JsonMapper.shared().readTree(file.toFile());
                List<Row> all = new ArrayList<>();
                for (int i = 2; i < vectors.size(); i++) {
                    all.add(row(vectors.get(1), vectors.get(i)));
                }
                rows.put(generation.name(), all);
            }
        }
        return rows;
    }

    private static Row row(JsonNode protocol, JsonNode vector) {
        String name = vector.get("name").stringValue();
        int at = name.indexOf(": ");
        List<List<String>> answers = vector.get("answers")
                .valueStream()
                .map(answer -> answer.isString() ? List.of(answer.stringValue()) : texts(answer))
                .toList();
        JsonNode closed = vector.get("closed");
        Result theirs = new Result(answers, closed.isNull() ? null : closed.stringValue());
        String steps = name.substring(at + 2);
        return new Row(
                name.substring(0, at),
                steps,
                steps.contains(" | "),
                new Client(protocol).play(texts(vector.get("steps"))),
                theirs);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    /** One client, with all its requests. */
    private static final class Client {
        private static final List<Pattern> SIDS = List.of(
                Pattern.compile("(?s).*\"sid\":\"([^\"]*)\""),
                Pattern.compile("~m~\\d+~m~([\\w-]{9,})"),
                Pattern.compile("([^:]*):"));

        private final List<String> closed = new ArrayList<>();
        private final List<Supplier<List<String>>> answers = new ArrayList<>();
        private final List<TestExchange> requests = new ArrayList<>();
        private final List<TestWebSocket> webSockets = new ArrayList<>();
        private final TestServer test = TestServer.create(ServerOptions.builder()
                .observer(new ServerObserver() {
                    @Override
                    public void closed(String generation, CloseReason reason) {
                        closed.add(reason.toString());
                    }
                })
                .build());
        private final JsonNode protocol;
        private String sid;

        Client(JsonNode protocol) {
            this.protocol = protocol;
            String opened = body(
                    test.request("GET", protocol.get("handshake").stringValue()).send());
            this.sid = sid(opened);
            // The original sends this packet with the first response, Everwire with the next one.
            if (protocol.has("joins") && !opened.endsWith(protocol.get("joins").stringValue())) {
                test.request("GET", target("polling")).send();
            }
        }

        /** Returns the session id of a handshake: a member of JSON, or before the first colon, or the first message of 0.6. */
        private static String sid(String handshake) {
            for (Pattern pattern : SIDS) {
                Matcher found = pattern.matcher(handshake);
                if (found.lookingAt()) {
                    return found.group(1);
                }
            }
            throw new AssertionError(handshake);
        }

        Result play(List<String> steps) {
            for (String step : steps) {
                run(step);
                test.advance(SETTLE);
            }
            return new Result(answers.stream().map(Supplier::get).toList(), closed.isEmpty() ? null : closed.get(0));
        }

        private void run(String step) {
            if (step.startsWith("sid ")) {
                sid = step.substring(4);
            } else if (step.equals("kick")) {
                List.copyOf(test.server().sockets().values()).forEach(socket -> socket.disconnect(true));
            } else if (step.equals("GET")) {
                request(step, test.request("GET", target("polling")).send());
            } else if (step.startsWith("POST ")) {
                request(
                        step,
                        test.request("POST", target("polling"))
                                .header("Content-Type", contentType())
                                .body(step.substring(5))
                                .send());
            } else if (step.equals("abort")) {
                if (!requests.isEmpty()) {
                    requests.get(requests.size() - 1).cancel();
                }
            } else if (step.equals("WS")) {
                TestWebSocket opened = test.webSocket(target("webSocket"));
                webSockets.add(opened);
                answers.add(() -> webSocket(opened));
            } else if (step.equals("ws close")) {
                if (isOpen()) {
                    last().close();
                }
            } else if (isOpen()) {
                last().send(step.substring(3));
            }
        }

        private String contentType() {
            return protocol.has("contentType") ? protocol.get("contentType").stringValue() : "text/plain;charset=UTF-8";
        }

        private void request(String step, TestExchange exchange) {
            requests.add(exchange);
            answers.add(() -> List.of(step + ": "
                    + (exchange.dropped()
                            ? "aborted"
                            : exchange.pending()
                                    ? "pending"
                                    : exchange.response().status() + " " + plain(body(exchange)))));
        }

        private static List<String> webSocket(TestWebSocket socket) {
            if (socket.refused()) {
                return List.of("WS: " + socket.request().response().status());
            }
            List<String> all = new ArrayList<>(List.of("WS: 101"));
            socket.received().forEach(text -> all.add(plain(text)));
            if (socket.closed()) {
                all.add("closed");
            }
            return all;
        }

        private boolean isOpen() {
            return !last().refused() && !last().closed();
        }

        private TestWebSocket last() {
            return webSockets.get(webSockets.size() - 1);
        }

        private String target(String transport) {
            return protocol.get(transport).stringValue().replace("$sid", sid);
        }

        private static String body(TestExchange exchange) {
            return exchange.response().body().toString();
        }

        /** Ids are random. */
        private static String plain(String text) {
            return text.replaceAll("\"sid\":\"[^\"]*\"", "\"sid\":\"id\"")
                    .replaceAll("~m~\\d+~m~[\\w-]{9,}", "~m~2~m~id");
        }
    }

    private static String document(Map<String, List<Row>> generations) {
        StringBuilder out = new StringBuilder("""
                # Requests and packets in each state of a session

                This page shows the behaviour of Everwire and of the original server when a client sends a request or a packet, or two of them,
                in each state of its session. `SessionStatesTest` plays each row against Everwire and compares this page.
                `vectors/generate/sessions.mjs` runs the original servers and records their behaviour in
                `vectors/<generation>/sessions.json`. No row closes a session that the original keeps.

                `GET` is a poll, `POST x` a request with the body `x`, `WS` a request for a WebSocket of the same session, and `ws x` a text on
                the last WebSocket. Each cell has the responses of the requests, then what the WebSocket received, then the reason for which the
                session was closed. A request without a response is `pending`. `\u241e` is U+001E.

                Differences with a common reason, which do not count as differences below:

                - **eio3**: a second poll ends the session. Everwire answers it with 400, as engine.io 6.6 does, the original with 500.
                - **gen0**: a second poll takes the place of the first. Everwire answers the first one without a message, the original leaves it
                  pending.
                - **gen1**: a WebSocket takes the place of a poll. Everwire answers the poll with a noop, the original leaves it pending.
                - **gen1**: Everwire rejects a WebSocket of an unknown session with 400, the original opens and closes it.

                A session that the application closed ends in **gen1** with the next request, so that the client receives `0::`; the original
                forgets it at once. In **gen0** each WebSocket is a session of its own, and `abort` ends the connection of the last request.
                """);
        generations.forEach((generation, rows) -> {
            out.append("\n## ").append(generation).append("\n\n");
            long same = rows.stream().filter(Row::same).count();
            out.append(rows.size()).append(" rows, ").append(same).append(" are the same for both servers.\n\n");
            out.append("| state | step | Everwire | original |\n|---|---|---|---|\n");
            rows.stream().filter(row -> !row.pair).forEach(row -> line(out, row));
            out.append("\nPairs of steps, as far as the servers differ:\n\n");
            out.append("| state | steps | Everwire | original |\n|---|---|---|---|\n");
            rows.stream().filter(row -> row.pair && !row.same()).forEach(row -> line(out, row));
        });
        return out.toString();
    }

    private static void line(StringBuilder out, Row row) {
        out.append("| ").append(row.state).append(" | `");
        out.append(row.steps.replace(" | ", "`, `").replace("\u001e", "\u241e")).append("` | ");
        out.append(row.ours.text()).append(" | ");
        out.append(row.same() ? "the same" : row.theirs.text()).append(" |\n");
    }
}
