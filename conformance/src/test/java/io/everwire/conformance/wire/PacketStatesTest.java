package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Namespace;
import io.everwire.NamespaceRegistry;
import io.everwire.RefusedException;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.protocol.Generation;
import io.everwire.protocol.generations.Generations;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each packet, and each pair of packets, in each state of a namespace, beside what the original servers do ({@code
 * vectors/<generation>/states.json}). It compares docs/packet-states.md; {@code -Deverwire.docs.accept=true} writes it.
 */
class PacketStatesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DOCUMENT = ROOT.resolve("docs/packet-states.md");

    /** One scenario with its two results. */
    private record Row(String state, String first, @Nullable String second, Result ours, Result theirs) {
        boolean same() {
            return ours.equals(theirs);
        }
    }

    /** The behaviour of one server. */
    private record Result(List<String> received, List<String> application, boolean closed) {
        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            received.forEach(text -> parts.add("`" + text + "`"));
            application.forEach(parts::add);
            if (closed) {
                parts.add("**closed**");
            }
            return parts.isEmpty() ? "–" : String.join("; ", parts);
        }
    }

    @Test
    void theTableShowsBothServers() throws IOException {
        Map<String, List<Row>> rows = new TreeMap<>();
        for (Generation generation : Generations.ALL) {
            Path file = ROOT.resolve("vectors").resolve(generation.name()).resolve("states.json");
            if (Files.exists(file)) {
                rows.put(generation.name(), rows(file));
            }
        }

        String document = document(rows);

        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
    }

    /** No row closes a connection that the original server keeps. */
    @Test
    void onlyBreachesCloseTheConnection() throws IOException {
        for (Generation generation : Generations.ALL) {
            Path file = ROOT.resolve("vectors").resolve(generation.name()).resolve("states.json");
            if (!Files.exists(file)) {
                continue;
            }
            for (Row row : rows(file)) {
                boolean outside =
                        List.of("absent", "left", "refused", "not found").contains(row.state);
                boolean breach = List.of(row.first, String.valueOf(row.second)).contains("ERROR")
                        || outside && !row.first.equals("CONNECT")
                        || "DISCONNECT".equals(row.first) && !"CONNECT".equals(row.second) && row.second != null;
                assertThat(row.ours.closed && !breach)
                        .as("%s %s, %s, %s: %s", generation.name(), row.state, row.first, row.second, row.ours)
                        .isFalse();
                assertThat(row.ours.closed && !row.theirs.closed)
                        .as("closed only here: %s %s, %s, %s", generation.name(), row.state, row.first, row.second)
                        .isFalse();
            }
        }
    }

    private static List<Row> rows(Path file) {
        JsonNode vectors = JsonMapper.shared().readTree(file.toFile());
        List<Row> rows = new ArrayList<>();
        for (int i = 2; i < vectors.size(); i++) {
            JsonNode vector = vectors.get(i);
            String[] name = vector.get("name").stringValue().split(": |, ");
            Result theirs = new Result(
                    texts(vector.get("received")),
                    texts(vector.get("application")),
                    vector.get("closed").booleanValue());
            rows.add(new Row(
                    name[0],
                    name[1],
                    name.length > 2 ? name[2] : null,
                    play(vectors.get(1), vector.get("steps"), vector.has("lookup") ? "/late" : "/slow"),
                    theirs));
        }
        return rows;
    }

    private static Result play(JsonNode protocol, JsonNode steps, String namespace) {
        List<String> application = new ArrayList<>();
        List<Consumer<Boolean>> waiting = new ArrayList<>();
        TestServer test = TestServer.create(ServerOptions.builder().build());
        Namespace slow = test.server().of("/slow");
        slow.useAsync(socket -> {
            CompletableFuture<Void> decision = new CompletableFuture<>();
            waiting.add(accepted -> decide(decision, accepted));
            return decision;
        });
        listen(slow, application);
        listen(
                test.server().ofAsync((name, handshake) -> {
                    CompletableFuture<Boolean> found = new CompletableFuture<>();
                    waiting.add(found::complete);
                    return name.equals("/late") ? found : CompletableFuture.completedFuture(false);
                }),
                application);
        TestWebSocket line = open(test, protocol);
        int before = line.received().size();
        for (JsonNode step : steps) {
            switch (step.stringValue()) {
                case "accept" -> decideAll(waiting, true);
                case "refuse" -> decideAll(waiting, false);
                case "kick" -> test.server().of("/slow").sockets().values().forEach(Socket::disconnect);
                default -> {
                    for (JsonNode frame : protocol.get("packets").get(step.stringValue())) {
                        if (frame.isString()) {
                            line.send(frame.stringValue().replace("/slow", namespace));
                        } else {
                            line.send(Base64.getDecoder()
                                    .decode(frame.get("base64").stringValue()));
                        }
                    }
                }
            }
        }
        List<String> received = line.received().stream()
                .skip(before)
                .map(text ->
                        text.replaceAll("\"sid\":\"[^\"]*\"", "\"sid\":\"id\"").replace(namespace, "/slow"))
                .toList();
        return new Result(received, List.copyOf(application), line.closed());
    }

    private static TestWebSocket open(TestServer test, JsonNode protocol) {
        String target = protocol.get("webSocket").stringValue();
        if (protocol.has("handshake")) {
            String handshake = test.request("GET", protocol.get("handshake").stringValue())
                    .send()
                    .response()
                    .body()
                    .toString();
            target = target.replace("$sid", handshake.substring(0, handshake.indexOf(':')));
        }
        return test.webSocket(target);
    }

    /** Adds handlers to a namespace, or to all that a lookup finds. */
    private static void listen(NamespaceRegistry namespace, List<String> application) {
        namespace.onConnection(socket -> application.add("connection"));
        namespace.onDisconnect((socket, reason) -> application.add("disconnect: " + reason));
        namespace.onCall("e", socket -> {
            application.add("e");
            return "ok";
        });
        namespace.on("b", socket -> application.add("b"));
        namespace.onMessage(String.class, (socket, text) -> application.add("message"));
    }

    private static void decide(CompletableFuture<Void> decision, boolean accepted) {
        if (accepted) {
            decision.complete(null);
        } else {
            decision.completeExceptionally(new RefusedException("refused"));
        }
    }

    private static void decideAll(List<Consumer<Boolean>> waiting, boolean accepted) {
        List<Consumer<Boolean>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(decision -> decision.accept(accepted));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private static String document(Map<String, List<Row>> generations) {
        StringBuilder out = new StringBuilder("""
                # Packets in each state of a namespace

                This page shows the behaviour of Everwire and of the original server when a client sends a packet, or two packets, in each state
                of a namespace. `PacketStatesTest` plays each row against Everwire and compares this page. `vectors/generate/states.mjs` runs the
                original servers and records their behaviour in `vectors/<generation>/states.json`. The namespace is `/slow`; its middleware
                accepts at the end of each row. `CALL` is an event that asks for an ack, `ERROR` the packet of a refused join, which no client
                sends. In the states `looked up`, `found` and `not found` it is a dynamic namespace, which the application finds or not at the same
                moments. [Decision 37](decisions/0037-a-later-connect-replaces.md) has the reasons. Clients 0.6 have no namespaces.

                Differences with a common reason:

                - **eio4**: the original closes the connection for every packet that is out of order. Everwire closes it only for `ERROR`, and for
                  packets to a namespace that the client never joined, or has left. A later `CONNECT` replaces an earlier one; the original
                  creates a second socket beside the first, or closes the connection. A client that is closed has the reason `forced
                  server close`; in the original the reason depends on the transport.
                - **eio3**, **gen1**: the original creates another socket, or calls its listener again, for each `CONNECT`. Everwire notifies the
                  application once, and answers as often as the client asks.
                - **gen1**: the original delivers packets for a namespace before its authorization and after its end to a socket without
                  listeners, or with the listeners of before. Everwire keeps early packets until the namespace is joined, and ignores late ones.
                """);
        generations.forEach((generation, rows) -> {
            out.append("\n## ").append(generation).append("\n\n");
            long same = rows.stream().filter(Row::same).count();
            out.append(rows.size()).append(" rows, ").append(same).append(" are the same for both servers.\n\n");
            out.append("| state | packet | Everwire | original |\n|---|---|---|---|\n");
            for (Row row : rows) {
                if (row.second == null) {
                    line(out, row, row.first);
                }
            }
            out.append("\nPairs of packets, as far as the servers differ:\n\n");
            out.append("| state | packets | Everwire | original |\n|---|---|---|---|\n");
            for (Row row : rows) {
                if (row.second != null && !row.same()) {
                    line(out, row, row.first + ", " + row.second);
                }
            }
        });
        return out.toString();
    }

    private static void line(StringBuilder out, Row row, String packets) {
        out.append("| ").append(row.state).append(" | ").append(packets).append(" | ");
        out.append(row.ours)
                .append(" | ")
                .append(row.same() ? "the same" : row.theirs.toString())
                .append(" |\n");
    }
}
