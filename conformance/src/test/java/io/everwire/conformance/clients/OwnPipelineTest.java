package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs the example of Everwire in another web server, as its own process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnPipelineTest {
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent = new Agent();
    private Process example;
    private URI hello;

    @BeforeAll
    void start() throws Exception {
        example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.everwire.examples.OwnPipeline",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(example.getInputStream(), StandardCharsets.UTF_8));
        hello = URI.create(said.readLine().split(" ")[0]);
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        example.destroy();
        assertThat(example.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theApplicationAnswersItsRequests() throws Exception {
        assertThat(get(hello)).isEqualTo("200 hello\n");
        assertThat(get(hello.resolve("/other"))).isEqualTo("404 not found\n");
        assertThat(get(hello.resolve("/socket.io"))).isEqualTo("404 not found\n");
    }

    @Test
    void socketIoIsServedAtItsPath() {
        for (String transport : List.of("polling", "websocket")) {
            for (String name : List.of("one " + transport, "two " + transport)) {
                agent.order(
                        "open",
                        name,
                        "url",
                        hello.resolve("/").toString(),
                        "options",
                        Map.of("transports", List.of(transport)));
                agent.inbox(name).take("message", "[\"welcome\"]");
            }
            agent.order("emit", "one " + transport, "event", "message", "args", List.of(transport));
            agent.inbox("two " + transport).take("message", "[\"" + transport + "\"]");
        }
    }

    private static String get(URI uri) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
