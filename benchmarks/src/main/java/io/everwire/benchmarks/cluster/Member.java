package io.everwire.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process of one server of a cluster. It takes orders, one line of JSON each. */
public final class Member implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final BufferedWriter out;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private Member(String name, Process process) {
        this.name = name;
        this.process = process;
        this.out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "member-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param command the program; the JSON of the place is added as its argument
     */
    public static Member start(List<String> command, MemberConfig config) {
        return start(command, config, ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts a server whose errors nobody sees; see {@link #start(List, MemberConfig)}. */
    public static Member startQuietly(List<String> command, MemberConfig config) {
        return start(command, config, ProcessBuilder.Redirect.DISCARD);
    }

    private static Member start(List<String> command, MemberConfig config, ProcessBuilder.Redirect errors) {
        List<String> complete = new ArrayList<>(command);
        complete.add(JSON.writeValueAsString(config));
        try {
            Process process = new ProcessBuilder(complete).redirectError(errors).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Member member = new Member(config.name(), process);
            member.await(member.port);
            return member;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode said = JSON.readTree(line);
                if (said.has("port")) {
                    port.complete(said.get("port").asInt());
                } else if (said.has("error")) {
                    answer(said)
                            .completeExceptionally(
                                    new IllegalStateException(said.get("error").asString()));
                } else {
                    answer(said).complete(said.get("ok"));
                }
            }
        } catch (IOException ended) {
            // The process was killed; the calls below fail.
        }
        IllegalStateException ended = new IllegalStateException(name + " has ended");
        port.completeExceptionally(ended);
        answers.values().forEach(answer -> answer.completeExceptionally(ended));
    }

    private CompletableFuture<JsonNode> answer(JsonNode said) {
        return Objects.requireNonNull(answers.remove(said.get("id").asInt()));
    }

    /** Sends an order; the future has its answer. */
    public CompletableFuture<JsonNode> ask(String action, Object... keysAndValues) {
        Map<String, Object> order = new LinkedHashMap<>();
        int id = ids.incrementAndGet();
        order.put("id", id);
        order.put("do", action);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            order.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        synchronized (out) {
            try {
                out.write(JSON.writeValueAsString(order));
                out.newLine();
                out.flush();
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        }
        return answer;
    }

    /** Sends an order and waits for its answer. */
    public JsonNode order(String action, Object... keysAndValues) {
        return await(ask(action, keysAndValues));
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return port.join();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String signal) {
        Signals.send(signal, process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
