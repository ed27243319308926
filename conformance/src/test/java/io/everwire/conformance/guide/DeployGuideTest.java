package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everwire.conformance.clients.Agent;
import io.everwire.netty.NettyOptions;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of {@code docs/guide/deploy.md}: the command of the image is run in the folders of the image, as Kubernetes
 * would start, probe and stop it. Without a Docker engine and a cluster, the files themselves are only read.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployGuideTest {
    private static final Path FILES = Agent.ROOT.resolve("examples/deploy");
    private static final Path SERVICE =
            Agent.ROOT.resolve("examples/src/main/java/io/everwire/examples/guide/Service.java");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Agent agent = new Agent();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void theImageAnswersItsProbesAndEndsInOrder(@TempDir Path folder) throws Exception {
        int port = Program.freePort();
        Process process = startImage(folder, port);
        String url = "http://127.0.0.1:" + port;
        try {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                await(probe).atMost(TIMEOUT).until(() -> status(url + probePath(probe)) / 100 == 2);
            }
            agent.order("open", "deploy", "url", url, "options", Map.of());
            agent.inbox("deploy").take("connect");
            assertThat(agent.order("call", "deploy", "event", "load", "args", List.of(7))
                            .asInt())
                    .isEqualTo(7);

            process.destroy(); // SIGTERM

            await("not ready").atMost(TIMEOUT).until(() -> status(url + probePath("readinessProbe")) == 503);
            assertThat(status(url + probePath("livenessProbe")))
                    .as("alive while it drains")
                    .isEqualTo(200);
            assertThat(agent.order("call", "deploy", "event", "load", "args", List.of(8))
                            .asInt())
                    .as("old clients are served while it drains")
                    .isEqualTo(8);
            agent.inbox("deploy").take("disconnect");
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("ended by SIGTERM: 128 + 15").isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts the command of the Dockerfile in a folder with the files of its COPY lines. */
    private static Process startImage(Path folder, int port) throws Exception {
        assertThat(lines("COPY")).containsExactly("target/lib lib", "target/classes classes");
        Path lib = Files.createDirectory(folder.resolve("lib"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            // Maven names the folder before the phase "package", and the jar from then on.
            if (path.endsWith("examples/target/classes")
                    || path.getFileName().toString().startsWith("everwire-examples")) {
                copy(Agent.ROOT.resolve("examples/target/classes"), folder.resolve("classes"));
            } else if (Files.isDirectory(path)) {
                // A module of this build: a jar in an application.
                jar(path, lib.resolve("module" + number++ + ".jar"));
            } else {
                Files.copy(path, lib.resolve(number++ + "-" + path.getFileName()));
            }
        }
        assertThat(folder.resolve("classes")).isDirectory();
        List<String> command = command();
        assertThat(command.get(0)).isEqualTo("java");
        command.set(0, java("java"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Agent.ROOT.resolve("conformance/target/deploy.log").toFile());
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "UNREADY_SECONDS", "3"));
        return builder.start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void jar(Path classes, Path jar) throws Exception {
        Process process = new ProcessBuilder(
                        java("jar"), "--create", "--file", jar.toString(), "-C", classes.toString(), ".")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    @Test
    void theFilesFitTogether() throws IOException {
        Map<String, Object> deployment = document("kubernetes.yaml", "Deployment");
        Map<String, Object> service = document("kubernetes.yaml", "Service");
        assertThat(at(deployment, "spec.selector.matchLabels"))
                .isEqualTo(at(deployment, "spec.template.metadata.labels"))
                .isEqualTo(at(service, "spec.selector"));
        Map<String, Object> container = container();
        Map<String, Object> port = first(container, "ports");
        assertThat(lines("EXPOSE")).containsExactly(String.valueOf(port.get("containerPort")));
        assertThat(first((Map<?, ?>) service.get("spec"), "ports").get("targetPort"))
                .isEqualTo(port.get("name"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(at(container, probe + ".httpGet.port")).as(probe).isEqualTo(port.get("name"));
        }
        assertThat(environment()).containsEntry("PORT", String.valueOf(port.get("containerPort")));
        assertThat(environment().keySet())
                .as("the settings that the program reads")
                .isEqualTo(Set.copyOf(Pattern.compile("\\b(?:text|number)\\(\"([A-Z_]+)\"")
                        .matcher(Files.readString(SERVICE))
                        .results()
                        .map(match -> match.group(1))
                        .toList()));

        for (String file : List.of("ingress-nginx.yaml", "alb.yaml")) {
            Map<String, Object> rule =
                    first((Map<?, ?>) document(file, "Ingress").get("spec"), "rules");
            Map<String, Object> path = first((Map<?, ?>) rule.get("http"), "paths");
            assertThat(at(path, "backend.service.name")).as(file).isEqualTo(at(service, "metadata.name"));
            assertThat(at(path, "backend.service.port.name"))
                    .as(file)
                    .isEqualTo(first((Map<?, ?>) service.get("spec"), "ports").get("name"));
        }
        String readiness = probePath("readinessProbe");
        assertThat(Files.readString(FILES.resolve("haproxy.cfg"))).contains("option httpchk GET " + readiness + "\n");
        assertThat(at(document("alb.yaml", "Ingress"), "metadata.annotations").toString())
                .contains("healthcheck-path=" + readiness);
        assertThat(at(documents("traefik.yaml").get(0), "http.services.chat.loadBalancer.healthCheck.path"))
                .isEqualTo(readiness);
    }

    @Test
    void kubernetesWaitsForTheEnd() throws IOException {
        int grace =
                (int) at(document("kubernetes.yaml", "Deployment"), "spec.template.spec.terminationGracePeriodSeconds");
        int notReady = Integer.parseInt(environment().get("UNREADY_SECONDS"));
        int drain = Integer.parseInt(environment().get("DRAIN_SECONDS"));
        assertThat(grace).isGreaterThan(notReady + drain + closeSeconds());
        int unready = (int) at(container(), "readinessProbe.periodSeconds")
                * (int) at(container(), "readinessProbe.failureThreshold");
        assertThat(notReady).as("the time until the readiness probe has failed").isGreaterThan(unready);
    }

    @Test
    void systemdStartsTheCommandOfTheImageAndWaitsForItsEnd() throws IOException {
        assertThat(setting("ExecStart")).isEqualTo("/usr/bin/" + String.join(" ", command()));
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : setting("Environment").split(" ", -1)) {
            String[] pair = variable.split("=", 2);
            variables.put(pair[0], pair[1]);
        }
        assertThat(environment()).as("the variables of the container").containsAllEntriesOf(variables);
        assertThat(Integer.parseInt(setting("TimeoutStopSec")))
                .isGreaterThan(Integer.parseInt(variables.get("UNREADY_SECONDS"))
                        + Integer.parseInt(variables.get("DRAIN_SECONDS"))
                        + closeSeconds());
        assertThat(Integer.parseInt(setting("LimitNOFILE")))
                .isGreaterThan(NettyOptions.DEFAULTS.maxConnections() + 1_000);
    }

    private static int closeSeconds() {
        return (int) io.everwire.examples.guide.Service.options(new AtomicBoolean())
                .closeTimeout()
                .toSeconds();
    }

    /** Returns a setting of the service of systemd. */
    private static String setting(String name) throws IOException {
        return Files.readAllLines(FILES.resolve("chat.service")).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the arguments of the lines with an instruction of the Dockerfile. */
    private static List<String> lines(String instruction) throws IOException {
        return Files.readAllLines(FILES.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    private static List<String> command() throws IOException {
        return new ArrayList<>(
                List.of(new JsonMapper().readValue(lines("ENTRYPOINT").get(0), String[].class)));
    }

    private static Map<String, Object> container() throws IOException {
        return first((Map<?, ?>) at(document("kubernetes.yaml", "Deployment"), "spec.template.spec"), "containers");
    }

    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Object variable : (List<?>) container().get("env")) {
            Map<?, ?> entry = (Map<?, ?>) variable;
            environment.put((String) entry.get("name"), (String) entry.get("value"));
        }
        return environment;
    }

    private static String probePath(String probe) throws IOException {
        return (String) at(container(), probe + ".httpGet.path");
    }

    private static Map<String, Object> document(String file, String kind) throws IOException {
        return documents(file).stream()
                .filter(document -> kind.equals(document.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> documents(String file) throws IOException {
        Iterable<Object> all = new Yaml().loadAll(Files.readString(FILES.resolve(file)));
        Stream<Object> documents = StreamSupport.stream(all.spliterator(), false);
        return documents.map(DeployGuideTest::object).toList();
    }

    private static Object at(Map<?, ?> document, String path) {
        Object value = document;
        for (String name : path.split("\\.", -1)) {
            value = ((Map<?, ?>) value).get(name);
            assertThat(value).as(path + ", at " + name).isNotNull();
        }
        return value;
    }

    private static Map<String, Object> first(Map<?, ?> document, String list) {
        return object(((List<?>) at(document, list)).get(0));
    }

    @SuppressWarnings("unchecked") // keys of these files are texts
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private int status(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
