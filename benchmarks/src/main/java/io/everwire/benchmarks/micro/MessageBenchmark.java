package io.everwire.benchmarks.micro;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.benchmarks.load.Dialect;
import io.everwire.benchmarks.servers.Payload;
import io.everwire.engine.Engine;
import io.everwire.engine.EngineSession;
import io.everwire.protocol.Bytes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a message from the text of its frame to its handler, and its answer to the text of another frame, without
 * a network.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MessageBenchmark {
    private final Bytes echo = Bytes.utf8("42[\"echo\"," + Payloads.JSON + "]");
    private final Bytes ack = Bytes.utf8("421[\"ack\"," + Payloads.JSON + "]");
    private final Bytes hear = Bytes.utf8("42[\"hear\"," + Payloads.JSON + "]");
    private final Bytes announce = Bytes.utf8("451-[\"bin\",{\"_placeholder\":true,\"num\":0}]");
    private final Bytes kilobyte = Bytes.of(new byte[1024]);
    private @Nullable EngineSession slot;
    private @Nullable Sink line;

    /** Connects one client. */
    @Setup
    public void open() {
        SocketIoServer server = SocketIoServer.create(
                ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
        server.on("echo", Payload.class, (socket, payload) -> socket.emit("echo", payload));
        server.on("hear", Payload.class, (socket, payload) -> {});
        server.on("bin", byte[].class, (socket, bytes) -> socket.emit("bin", (Object) bytes));
        server.onCall("ack", Payload.class, (socket, payload) -> payload);
        server.unwrap(Engine.class).serve(Request.webSocket(Dialect.EIO4, this::connect));
    }

    private void connect(EngineSession opened, Request request) {
        Sink made = new Sink(request);
        opened.lineOpened(made);
        opened.text(made, Bytes.utf8("40"));
        slot = opened;
        line = made;
    }

    /** Receives a record, and sends it back. */
    @Benchmark
    public long echo() {
        return text(echo);
    }

    /** Receives a record, and sends it back as the ack. */
    @Benchmark
    public long ack() {
        return text(ack);
    }

    /** Receives a record, and sends nothing. */
    @Benchmark
    public long hear() {
        return text(hear);
    }

    /** Receives a kilobyte, and sends it back. */
    @Benchmark
    public long binary() {
        text(announce);
        Sink known = Objects.requireNonNull(line);
        Objects.requireNonNull(slot).binary(known, kilobyte);
        return known.bytes();
    }

    private long text(Bytes message) {
        Sink known = Objects.requireNonNull(line);
        Objects.requireNonNull(slot).text(known, message);
        return known.bytes();
    }
}
