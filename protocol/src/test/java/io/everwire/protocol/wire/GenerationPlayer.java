package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Plays a transcript against a generation on virtual time. */
public final class GenerationPlayer {
    private final Transcript transcript;
    private final GenerationHost host;
    private final Bindings bindings = new Bindings();
    private final Map<String, RecordingExchange> exchanges = new HashMap<>();
    private final Map<String, RecordingLine> lines = new HashMap<>();
    /** The number of outputs of each channel that were matched. */
    private final Map<String, Integer> matched = new HashMap<>();

    /** The step that opened each exchange and WebSocket, to name the line in the file if its output is unexpected. */
    private final Map<String, Step> begun = new LinkedHashMap<>();

    private GenerationPlayer(Transcript transcript, Generation generation) {
        this.transcript = transcript;
        this.host = new GenerationHost(generation, transcript.options());
    }

    /** Plays a transcript. Fails with file, line, expected and actual output. */
    public static void play(Transcript transcript, Generation generation) {
        GenerationPlayer player = new GenerationPlayer(transcript, generation);
        for (Step step : transcript.steps()) {
            player.step(step);
        }
        player.checkNothingIsLeft();
    }

    private void step(Step step) {
        if (step instanceof Step.Does does) {
            try {
                act(does);
                host.advance(0);
            } catch (RuntimeException | AssertionError e) {
                AssertionError failure = transcript.failure(step, e.toString());
                failure.initCause(e);
                throw failure;
            }
        } else if (step instanceof Step.Expects expects) {
            expect(expects);
        }
    }

    private void act(Step.Does step) {
        if (step instanceof Step.Request request) {
            RecordedHead head =
                    new RecordedHead(request.method(), bindings.fill(request.target()), request.headers(), false);
            begin(request, request.channel());
            exchanges.put(request.channel(), host.request(head, request.body() == null ? null : bytes(request.body())));
        } else if (step instanceof Step.Connect connect) {
            connect(connect);
        } else if (step instanceof Step.Send send) {
            send(send);
        } else if (step instanceof Step.Leave leave) {
            leave(leave);
        } else if (step instanceof Step.Wait wait) {
            host.advance(wait.millis());
        } else if (step instanceof Step.AppSend send) {
            host.send(PacketText.read(bindings.fill(send.packet())));
        } else if (step instanceof Step.AppClose close) {
            host.close(reason(close.reason()));
        }
    }

    /** Opens a channel. A name may be used again once everything of its former channel was matched. */
    private void begin(Step step, String channel) {
        checkNothingIsLeft(channel);
        begun.put(channel, step);
        exchanges.remove(channel);
        lines.remove(channel);
        matched.remove(channel);
    }

    private void connect(Step.Connect step) {
        Object outcome = host.connect(new RecordedHead("GET", bindings.fill(step.target()), step.headers(), true));
        begin(step, step.channel());
        if (outcome instanceof RecordingLine line) {
            lines.put(step.channel(), line);
            // "w< open" matches this, so every granted WebSocket must have been expected.
            line.sent().add(0, "open");
        } else {
            exchanges.put(step.channel(), (RecordingExchange) outcome);
        }
    }

    private void send(Step.Send step) {
        RecordingLine line = lines.get(step.channel());
        Bytes message = bytes(step.message());
        if (line == null) {
            host.bodyArrived(exchange(step), message);
        } else if (step.message().text() != null) {
            host.text(line, message);
        } else {
            host.binary(line, message);
        }
    }

    private void leave(Step.Leave step) {
        RecordingLine line = lines.get(step.channel());
        if (line == null) {
            exchange(step).vanish();
        } else {
            // To the reference both are "transport close": a TCP connection that ends without a close frame is no
            // error.
            host.close(line);
        }
    }

    private void expect(Step.Expects step) {
        if (step.channel().equals("app")) {
            next(step, ((Step.Word) step).word(), host.told());
            return;
        }
        RecordingLine line = lines.get(step.channel());
        if (line != null) {
            expect(step, line.sent());
        } else {
            expect(step, exchange(step));
        }
    }

    private void expect(Step.Expects step, List<String> sent) {
        if (step instanceof Step.Message message) {
            next(step, message.message().toString(), sent);
        } else if (step instanceof Step.Word word && word.word().equals("nothing")) {
            int seen = matched.getOrDefault(step.channel(), 0);
            check(step, seen == sent.size(), "nothing", () -> sent.get(seen));
        } else if (step instanceof Step.Word word) {
            next(step, word.word(), sent);
        } else {
            throw failure(step, step.toString(), "a granted WebSocket");
        }
    }

    private void expect(Step.Expects step, RecordingExchange exchange) {
        Response response = exchange.response();
        if (isOfStream(step, exchange)) {
            expect(step, exchange.stream());
        } else if (step instanceof Step.Answer answer) {
            matched.put(step.channel(), 1);
            boolean met = response != null
                    && response.status() == answer.status()
                    && answer.stream() != exchange.stream().isEmpty();
            check(step, met, (answer.stream() ? "stream " : "") + answer.status(), () -> outcome(exchange));
            checkHeaders(answer, exchange);
            if (answer.body() != null && response != null) {
                boolean text = answer.body().text() != null;
                String body = text ? '"' + response.body().toString() + '"' : RecordingLine.hex(response.body());
                check(
                        step,
                        bindings.match(answer.body().toString(), body),
                        answer.body().toString(),
                        () -> body);
            }
        } else if (step instanceof Step.Word word && word.word().equals("drop")) {
            matched.put(step.channel(), 1);
            check(step, exchange.dropped(), "drop", () -> outcome(exchange));
        } else if (step instanceof Step.Word word && word.word().equals("pending")) {
            check(step, !exchange.done(), "pending", () -> outcome(exchange));
        } else {
            throw failure(step, step.toString(), outcome(exchange));
        }
    }

    /** Returns whether a stream has begun: its pieces and its end are matched one by one. */
    private boolean isOfStream(Step.Expects step, RecordingExchange exchange) {
        boolean begun = matched.getOrDefault(step.channel(), 0) > 0
                && !exchange.stream().isEmpty();
        return begun && !(step instanceof Step.Answer);
    }

    private void checkHeaders(Step.Answer answer, RecordingExchange exchange) {
        for (int i = 0; i < answer.headers().size(); i += 2) {
            String name = answer.headers().get(i);
            String expected = answer.headers().get(i + 1);
            String actual = exchange.answered(name);
            check(
                    answer,
                    actual != null && bindings.match(expected, actual),
                    name + ": " + expected,
                    () -> name + ": " + actual);
        }
    }

    /** Matches the next output of a channel. */
    private void next(Step.Expects step, String expected, List<String> sent) {
        int seen = matched.getOrDefault(step.channel(), 0);
        boolean met = seen < sent.size() && bindings.match(expected, sent.get(seen));
        check(step, met, expected, () -> seen < sent.size() ? sent.get(seen) : "nothing");
        matched.put(step.channel(), seen + 1);
    }

    private void checkNothingIsLeft() {
        begun.keySet().forEach(this::checkNothingIsLeft);
        int seen = matched.getOrDefault("app", 0);
        if (seen < host.told().size()) {
            List<Step> steps = transcript.steps();
            throw failure(
                    steps.get(steps.size() - 1),
                    "nothing more in app",
                    host.told().get(seen));
        }
    }

    private void checkNothingIsLeft(String channel) {
        int seen = matched.getOrDefault(channel, 0);
        RecordingLine line = lines.get(channel);
        RecordingExchange exchange = exchanges.get(channel);
        if (line != null && seen < line.sent().size()) {
            throw failure(
                    begun.get(channel),
                    "nothing more on " + channel,
                    line.sent().get(seen));
        } else if (exchange != null && seen > 0 && seen < exchange.stream().size()) {
            throw failure(
                    begun.get(channel),
                    "nothing more on " + channel,
                    exchange.stream().get(seen));
        } else if (exchange != null && seen == 0 && (exchange.response() != null || exchange.dropped())) {
            throw failure(begun.get(channel), "no answer to " + channel, outcome(exchange));
        }
    }

    private RecordingExchange exchange(Step step) {
        String channel = step instanceof Step.Expects expects ? expects.channel() : "";
        channel = step instanceof Step.Send send ? send.channel() : channel;
        channel = step instanceof Step.Leave leave ? leave.channel() : channel;
        RecordingExchange exchange = exchanges.get(channel);
        if (exchange == null) {
            throw transcript.failure(step, "nothing was opened under this name");
        }
        return exchange;
    }

    private void check(Step step, boolean met, String expected, Supplier<String> actual) {
        if (!met) {
            throw failure(step, expected, actual.get());
        }
    }

    private AssertionError failure(Step step, String expected, String actual) {
        return transcript.failure(step, "\n  expected: " + bindings.show(expected) + "\n  actual:   " + actual);
    }

    private static String outcome(RecordingExchange exchange) {
        Response response = exchange.response();
        if (response != null) {
            return response.status() + " " + response.headers() + " \"" + response.body() + '"';
        }
        return exchange.dropped() ? "drop" : exchange.done() ? "gone" : "pending";
    }

    private Bytes bytes(Step.Body body) {
        return body.binary() != null ? body.binary() : Bytes.utf8(bindings.fill(Objects.requireNonNull(body.text())));
    }

    private static CloseReason reason(String text) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.toString().equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no such reason: " + text);
    }
}
