package io.everwire.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program of {@code ./everwire cluster}: a client on each of its three servers, through nginx, in one chat. */
@Tag("once")
class ClusterDemoTest {
    private static final int SERVERS = 3;

    @Test
    void oneMessageReachesTheClientsOfAllServers() throws Exception {
        Process demo = start();
        List<ProcessHandle> programs = new ArrayList<>();
        try (Agent agent = new Agent()) {
            Map<String, String> addresses = addresses(demo);
            programs.addAll(demo.toHandle().descendants().toList());
            assertThat(programs).hasSizeGreaterThanOrEqualTo(2 + SERVERS);
            String nginx = addresses.get("nginx");
            Map<String, String> cookies = cookies(nginx);
            List<String> names = new ArrayList<>();
            cookies.forEach((server, cookie) -> {
                for (String transport : List.of("websocket", "polling")) {
                    String name = transport + " on " + server;
                    Map<String, Object> options =
                            Map.of("transports", List.of(transport), "extraHeaders", Map.of("Cookie", cookie));
                    agent.order("open", name, "url", nginx, "options", options);
                    agent.inbox(name).take("connect");
                    names.add(name);
                }
            });
            for (String name : names) {
                agent.order("emit", name, "event", "message", "args", List.of("hello from " + name));
                names.stream().filter(other -> !other.equals(name)).forEach(other -> {
                    while (!agent.inbox(other).take("message").toString().contains("hello from " + name)) {
                        // An announcement of a client that connected.
                    }
                });
            }
            assertThat(demo.isAlive()).isTrue();
        } catch (AssertionError failed) {
            Path log = Agent.ROOT.resolve("target/cluster/nginx.log");
            throw new AssertionError("the log of nginx: " + Files.readString(log), failed);
        } finally {
            demo.destroy();
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(programs)
                .allSatisfy(program -> assertThat(program.onExit().orTimeout(60, TimeUnit.SECONDS))
                        .succeedsWithin(java.time.Duration.ofSeconds(60)));
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.everwire.examples.ClusterDemo",
                        "--root",
                        Agent.ROOT.toAbsolutePath().toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
    }

    /** Reads the addresses that the program prints, as {@code   name  http://…}. */
    private static Map<String, String> addresses(Process demo) throws IOException {
        Map<String, String> addresses = new LinkedHashMap<>();
        StringBuilder output = new StringBuilder();
        BufferedReader reader = demo.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            String[] words = line.strip().split("\\s+");
            if (line.startsWith("  ") && words.length > 1) {
                addresses.put(words[0], words[1]);
            }
            if (line.startsWith("Stop it")) {
                return addresses;
            }
        }
        throw new AssertionError("the demo does not start: " + output);
    }

    /** Returns a cookie for each server: nginx chooses the server by its value. */
    private static Map<String, String> cookies(String nginx) throws Exception {
        // Not an upgrade to HTTP/2, which nginx would pass on.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Map<String, String> cookies = new LinkedHashMap<>();
        HttpResponse<String> first = get(client, nginx, null);
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("chat=");
        for (int i = 0; cookies.size() < SERVERS; i++) {
            assertThat(i).as("cookies for %s", cookies).isLessThan(1_000);
            String cookie = "chat=" + i;
            HttpResponse<String> response = get(client, nginx, cookie);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("chat=");
            cookies.putIfAbsent(response.headers().firstValue("X-Server").orElseThrow(), cookie);
        }
        return cookies;
    }

    private static HttpResponse<String> get(HttpClient client, String nginx, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(nginx + "socket.io/?EIO=4&transport=polling"));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
