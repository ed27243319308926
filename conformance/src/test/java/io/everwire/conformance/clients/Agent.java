package io.everwire.conformance.clients;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Node process that runs real clients ({@code js/agent.mjs}). It takes orders and reports the events of the clients. */
public final class Agent implements AutoCloseable {
    public static final Path ROOT = Path.of(System.getProperty("everwire.root", ".."));
    private static final long TIMEOUT_SECONDS = 120;
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedWriter orders;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

    public Agent() {
        this("agent.mjs");
    }

    /** @param script the program in {@code js} that takes the orders */
    public Agent(String script) {
        try {
            process = new ProcessBuilder("node", script)
                    .directory(ROOT.resolve("conformance/js").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "agent-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns the events of the client or page of this name. */
    public Inbox inbox(String name) {
        return inboxes.computeIfAbsent(name, Inbox::new);
    }

    /** Sends an order and waits for its result. */
    public JsonNode order(String action, String name, Object... keysAndValues) {
        Map<String, Object> order = new LinkedHashMap<>();
        int id = ids.incrementAndGet();
        order.put("id", id);
        order.put("do", action);
        order.put("name", name);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            order.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        write(JSON.writeValueAsString(order));
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(action + " " + name + ": " + e.getCause().getMessage());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError(action + " " + name + " was not done in " + TIMEOUT_SECONDS + " s", e);
        }
    }

    private synchronized void write(String line) {
        try {
            orders.write(line);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode said = JSON.readTree(line);
                if (said.has("from")) {
                    inbox(said.get("from").asString()).add(said.get("event").asString(), said.get("args"));
                } else if (said.has("error")) {
                    answers.remove(said.get("id").asInt())
                            .completeExceptionally(
                                    new IllegalStateException(said.get("error").asString()));
                } else {
                    answers.remove(said.get("id").asInt()).complete(said.get("ok"));
                }
            }
            end(new IOException("the agent has ended; its output above has the reason"));
        } catch (IOException e) {
            end(e);
        }
    }

    private void end(IOException why) {
        answers.values().forEach(answer -> answer.completeExceptionally(why));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        orders.close();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
