package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.SocketIoServer;
import io.everwire.examples.ConformanceServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases of {@code conformance/suites} for two clients in Node. {@code ./everwire suites} runs all lines of its table. */
@Tag("once")
@Timeout(120)
class SuiteTest {
    private static final String TRANSPORTS = "[\"polling\",\"websocket\"]";

    @ParameterizedTest
    @CsvSource({"client4, socket.io-client, 4, 60", "client2, socket.io-client-2.5.0, 2, 40"})
    void everyCasePasses(ConformanceServer.Suite suite, String client, int version, int atLeast) throws Exception {
        SocketIoServer server = ConformanceServer.server(suite);
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            JsonNode results = run(server.host().address().getPort(), client, version);

            assertThat(results.size()).isGreaterThanOrEqualTo(atLeast);
            assertThat(failures(results)).isEmpty();
        } finally {
            server.close();
        }
    }

    private static JsonNode run(int port, String client, int version) throws Exception {
        Path root = Agent.ROOT.toAbsolutePath();
        String order = "{\"client\":\"" + client + "\",\"version\":" + version + ",\"transports\":" + TRANSPORTS + "}";
        ProcessBuilder node = new ProcessBuilder("node", "node.mjs", "http://127.0.0.1:" + port, order)
                .directory(root.resolve("conformance/suites").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment()
                .put(
                        "EVERWIRE_PACKAGES",
                        root.resolve("conformance/js").normalize().toString());
        Process process = node.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new JsonMapper().readTree(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> failures(JsonNode results) {
        Map<String, String> failures = new TreeMap<>();
        results.properties().forEach(result -> {
            if (!result.getValue().isNull()) {
                failures.put(result.getKey(), result.getValue().asString());
            }
        });
        return failures;
    }
}
