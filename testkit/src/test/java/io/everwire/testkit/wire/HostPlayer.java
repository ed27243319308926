package io.everwire.testkit.wire;

import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.wire.Bindings;
import io.everwire.protocol.wire.PacketText;
import io.everwire.protocol.wire.Step;
import io.everwire.protocol.wire.Transcript;
import io.everwire.testkit.host.HostFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays a transcript against a host over real sockets, in real time. Each exchange and each WebSocket has its own
 * connection. The effects of a step are complete before the next step begins, as on virtual time.
 */
public final class HostPlayer {
    /** The longest time for an expected output. */
    private static final long PATIENCE_MILLIS = 60_000;

    /** Clocks are read in whole milliseconds. */
    private static final long ROUNDING_MILLIS = 1;

    private static final String APP = "app";

    private final Transcript transcript;
    private final List<Step> steps;
    private final PlayedServer server;
    private final Traffic traffic;
    private final Set<HostFeature> missing;
    private final Bindings bindings = new Bindings();
    private final Map<String, ClientConnection> connections = new HashMap<>();

    /** The step that began each channel; it names the line for an unexpected output. */
    private final Map<String, Step> begun = new LinkedHashMap<>();

    /** The peers that acted since the server was last idle. */
    private @Nullable Object actor;

    private final long start = System.nanoTime();

    private HostPlayer(Transcript transcript, PlayedServer server, Traffic traffic, Set<HostFeature> missing) {
        this.missing = missing;
        this.transcript = transcript;
        this.steps = transcript.steps();
        this.server = server;
        this.traffic = traffic;
    }

    /** Plays the transcript on a host. Fails with the file, the line, the expected and the actual output. */
    public static void play(Transcript transcript, Generation generation, PlayedHost host) throws Exception {
        Traffic traffic = new Traffic();
        try (PlayedServer server = new PlayedServer(generation, transcript.options(), host, traffic::wakeup);
                // Closed before the server, which would otherwise wait for its clients.
                traffic) {
            new HostPlayer(transcript, server, traffic, host.missing()).play();
        }
    }

    private void play() throws IOException {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Expects expects) {
                expect(i, expects);
            } else {
                act(i, steps.get(i));
            }
        }
        settle();
        begun.keySet().forEach(this::checkNothingIsLeft);
        checkNothingIsLeft(steps.get(steps.size() - 1), APP, server.told());
    }

    // Steps of the client, the server and time

    private void act(int index, Step step) {
        try {
            if (step instanceof Step.Request request) {
                request(index, request);
            } else if (step instanceof Step.Connect connect) {
                connect(connect);
            } else if (step instanceof Step.Send send) {
                send(send);
            } else if (step instanceof Step.Leave leave) {
                leave(leave);
            } else if (step instanceof Step.Wait wait) {
                traffic.await(() -> false, wait.millis());
            } else if (step instanceof Step.AppSend send) {
                take(server);
                EngineSession slot = server.newest();
                slot.send(slot.generation().encode(PacketText.read(bindings.fill(send.packet()))));
            } else if (step instanceof Step.AppClose close) {
                take(server);
                server.newest().close(reason(close.reason()));
            }
        } catch (IOException | RuntimeException e) {
            AssertionError failure = transcript.failure(step, e.toString());
            failure.initCause(e);
            throw failure;
        }
    }

    private void request(int index, Step.Request step) throws IOException {
        begin(step, step.channel());
        byte[] body = step.body() == null ? new byte[0] : bytes(step.body()).toByteArray();
        int announced = step.body() == null ? announced(index, step.channel()) : body.length;
        boolean silent = announced == 0 && !step.method().startsWith("P");
        byte[] head = ClientText.request(
                step.method(), bindings.fill(step.target()), step.headers(), silent ? -1 : announced);
        open(step.channel(), concat(head, body), step.method().equals("HEAD"));
    }

    /** Returns the length of a body that is sent later; for a body that is never sent, a length that is not reached. */
    private int announced(int index, String channel) {
        for (Step later : steps.subList(index + 1, steps.size())) {
            if (later instanceof Step.Send send && send.channel().equals(channel)) {
                return bytes(send.message()).length();
            } else if (channel.equals(opened(later))) {
                break;
            }
        }
        return 1;
    }

    private void connect(Step.Connect step) throws IOException {
        begin(step, step.channel());
        byte[] request = ClientText.upgrade(bindings.fill(step.target()), step.headers());
        ClientConnection connection = open(step.channel(), request, false);
        // A client sends nothing on a WebSocket before it is open.
        traffic.await(() -> !connection.outputs().isEmpty(), PATIENCE_MILLIS);
    }

    /** A channel's name may be used again, once all its outputs were matched. */
    private void begin(Step step, String channel) throws IOException {
        settle();
        checkNothingIsLeft(channel);
        begun.put(channel, step);
    }

    private ClientConnection open(String channel, byte[] request, boolean bodiless) throws IOException {
        ClientConnection connection = traffic.open(server.address(), request, bodiless);
        connections.put(channel, connection);
        actor = connection;
        return connection;
    }

    private void send(Step.Send step) throws IOException {
        ClientConnection connection = connection(step, step.channel());
        take(connection);
        if (connection.webSocket()) {
            connection.send(step.message().text() != null, bytes(step.message()));
        } else {
            connection.send(bytes(step.message()).toByteArray());
        }
    }

    private void leave(Step.Leave step) throws IOException {
        ClientConnection connection = connection(step, step.channel());
        take(connection);
        switch (step.how()) {
            case "close" -> connection.sendClose();
            case "abort" -> connection.abort();
            default -> connection.leave();
        }
    }

    /**
     * Called before {@code actor} acts: first awaits the effects of other actors. Those of one actor are in order
     * anyway.
     */
    private void take(Object next) throws IOException {
        if (actor != next) {
            settle();
        }
        actor = next;
    }

    /** Returns when the server is idle, except for timers. */
    private void settle() throws IOException {
        traffic.drain();
        if (actor == null && !traffic.replied()) {
            return;
        }
        do {
            server.settle();
            traffic.drain();
        } while (traffic.replied());
        actor = null;
    }

    // Expected outputs

    private void expect(int index, Step.Expects step) {
        Queue<Output> outputs = step.channel().equals(APP)
                ? server.told()
                : connection(step, step.channel()).outputs();
        try {
            if (isNothing(step)) {
                settle();
                Output next = outputs.peek();
                check(step, next == null || isAhead(index, next), "nothing", next);
            } else if (step instanceof Step.Answer answer) {
                expectAnswer(answer, outputs);
                if (answer.stream() && answer.body() == null) {
                    skipFirstPiece(index, outputs);
                }
            } else {
                expectNext(step, outputs);
            }
        } catch (IOException e) {
            throw transcript.failure(step, e.toString());
        }
    }

    private void expectNext(Step.Expects step, Queue<Output> outputs) throws IOException {
        String expected =
                step instanceof Step.Message message ? message.message().toString() : ((Step.Word) step).word();
        Output next = await(outputs);
        boolean met = next != null && (bindings.match(expected, next.text()) || isSubstitute(expected, next));
        check(step, met, expected, next);
    }

    /** Returns whether an output takes the place of one that the host cannot make. */
    private boolean isSubstitute(String expected, Output next) {
        if (expected.equals("close 1005")) {
            return missing.contains(HostFeature.CLOSE_WITHOUT_STATUS)
                    && next.text().equals("close 1000");
        }
        if (!expected.equals("drop") || !missing.contains(HostFeature.SILENT_DROP)) {
            return false;
        }
        HttpAnswer answer = next.answer();
        return answer == null
                ? next.text().equals("end")
                : answer.status() == 400 && answer.body().isEmpty() && answer.has("Connection", "close");
    }

    /** Skips the first piece of a stream, which a transcript may omit, unless the transcript expects it next. */
    private void skipFirstPiece(int index, Queue<Output> outputs) throws IOException {
        settle();
        int later = nextExpected(index);
        Output piece = outputs.peek();
        boolean told = piece != null
                && later >= 0
                && steps.get(later) instanceof Step.Message next
                && bindings.match(next.message().toString(), piece.text());
        if (!told) {
            outputs.poll();
        }
    }

    private void expectAnswer(Step.Answer step, Queue<Output> outputs) throws IOException {
        Output next = await(outputs);
        HttpAnswer answer = next == null ? null : next.answer();
        boolean met = answer != null && answer.status() == step.status() && answer.stream() == step.stream();
        check(step, met, (step.stream() ? "stream " : "") + step.status(), next);
        checkContent(step, Objects.requireNonNull(answer), outputs);
    }

    private void checkContent(Step.Answer step, HttpAnswer answer, Queue<Output> outputs) throws IOException {
        for (int i = 0; i < step.headers().size(); i += 2) {
            String name = step.headers().get(i);
            String expected = step.headers().get(i + 1);
            String actual = answer.header(name);
            boolean met = actual != null
                    && (name.equalsIgnoreCase("Content-Type")
                            ? HttpAnswer.sameType(expected, actual)
                            : bindings.match(expected, actual));
            if (!met) {
                throw failure(step, name + ": " + expected, answer.toString());
            }
        }
        if (step.body() != null) {
            expectBody(step, step.body(), answer, outputs);
        }
        ClientConnection connection = connection(step, step.channel());
        if (answer.has("Connection", "close") && !traffic.await(connection::ended, PATIENCE_MILLIS)) {
            throw failure(step, "the end of the connection, as its answer says", "it stays open");
        }
    }

    /**
     * Expects the body of a response. The first piece of a stream is a chunk like the others; an empty piece is no
     * chunk.
     */
    private void expectBody(Step.Answer step, Step.Body expected, HttpAnswer answer, Queue<Output> outputs)
            throws IOException {
        Output actual;
        if (!step.stream()) {
            boolean text = expected.text() != null;
            Step.Body body = text ? new Step.Body(answer.body().toString(), null) : new Step.Body(null, answer.body());
            actual = new Output(body.toString(), null, 0);
        } else if ("".equals(expected.text())) {
            return;
        } else {
            actual = await(outputs);
        }
        boolean met = actual != null && bindings.match(expected.toString(), actual.text());
        check(step, met, expected.toString(), actual);
    }

    /** Removes and returns the next output; null if none arrives. */
    private @Nullable Output await(Queue<Output> outputs) throws IOException {
        traffic.await(() -> !outputs.isEmpty(), PATIENCE_MILLIS);
        return outputs.poll();
    }

    /**
     * Returns whether an output that seems early arrived at its own time: the player may be late, the server must not
     * be early.
     */
    private boolean isAhead(int index, Output output) {
        int later = nextExpected(index);
        if (later < 0 || waited(steps.subList(index, later)) == 0) {
            return false;
        }
        long due = waited(steps.subList(0, later)) - ROUNDING_MILLIS;
        return output.arrived() - start >= TimeUnit.MILLISECONDS.toNanos(due);
    }

    /**
     * Returns the step that expects the next output of the channel for which the step at {@code index} expects none, or
     * −1.
     */
    private int nextExpected(int index) {
        String channel = ((Step.Expects) steps.get(index)).channel();
        for (int i = index + 1; i < steps.size() && !channel.equals(opened(steps.get(i))); i++) {
            if (steps.get(i) instanceof Step.Expects expects
                    && expects.channel().equals(channel)
                    && !isNothing(expects)) {
                return i;
            }
        }
        return -1;
    }

    private void checkNothingIsLeft(String channel) {
        ClientConnection connection = connections.get(channel);
        if (connection != null) {
            checkNothingIsLeft(begun.get(channel), channel, connection.outputs());
        }
    }

    private void checkNothingIsLeft(Step step, String channel, Queue<Output> outputs) {
        check(step, outputs.isEmpty(), "nothing more on " + channel, outputs.peek());
    }

    private ClientConnection connection(Step step, String channel) {
        ClientConnection connection = connections.get(channel);
        if (connection == null) {
            throw transcript.failure(step, "nothing was opened under this name");
        }
        return connection;
    }

    private void check(Step step, boolean met, String expected, @Nullable Output actual) {
        if (!met) {
            throw failure(step, expected, actual == null ? "nothing" : actual.text());
        }
    }

    private AssertionError failure(Step step, String expected, String actual) {
        return transcript.failure(step, "\n  expected: " + bindings.show(expected) + "\n  actual:   " + actual);
    }

    private Bytes bytes(Step.Body body) {
        return body.binary() != null ? body.binary() : Bytes.utf8(bindings.fill(Objects.requireNonNull(body.text())));
    }

    private static byte[] concat(byte[] head, byte[] body) {
        byte[] both = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return both;
    }

    private static boolean isNothing(Step.Expects step) {
        return step instanceof Step.Word word
                && !word.channel().equals(APP)
                && (word.word().equals("nothing") || word.word().equals("pending"));
    }

    /** Returns the time that a transcript waits, in milliseconds. */
    public static long waited(List<Step> steps) {
        return steps.stream()
                .mapToLong(step -> step instanceof Step.Wait wait ? wait.millis() : 0)
                .sum();
    }

    /** Returns the channel that a step opens, or null. */
    private static @Nullable String opened(Step step) {
        return step instanceof Step.Request request
                ? request.channel()
                : step instanceof Step.Connect connect ? connect.channel() : null;
    }

    private static CloseReason reason(String text) {
        return Stream.of(CloseReason.values())
                .filter(reason -> reason.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such reason: " + text));
    }
}
