package io.everwire.benchmarks.micro;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.benchmarks.load.Dialect;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a broadcast from {@code emit} to the WebSockets, without a network: selecting the receivers, encoding
 * once, passing the bytes on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FanoutBenchmark {
    /** The number of sockets in the room. */
    @Param({"0", "1", "1000"})
    public int receivers;

    /** The number of other rooms, with one member each. */
    @Param({"1", "10000"})
    public int rooms;

    private @Nullable SocketIoServer server;
    private int joined;

    /** Connects all clients. */
    @Setup
    public void open() {
        SocketIoServer made = SocketIoServer.create(
                ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build());
        made.onConnection(socket -> {
            socket.join(joined < receivers ? "room" : "room " + joined);
            joined++;
        });
        for (int i = 0; i < receivers + rooms; i++) {
            made.unwrap(Engine.class).serve(Request.webSocket(Dialect.EIO4, FanoutBenchmark::connect));
        }
        server = made;
    }

    private static void connect(EngineSession slot, Request request) {
        Sink line = new Sink(request);
        slot.lineOpened(line);
        slot.text(line, Bytes.utf8("40"));
    }

    /** Broadcasts to a room. */
    @Benchmark
    public void emit() {
        Objects.requireNonNull(server).to("room").emit("news", Payloads.BOUND);
    }

    /** Broadcasts to a room without the members of another. */
    @Benchmark
    public void emitExcept() {
        Objects.requireNonNull(server).to("room").except("room 0").emit("news", Payloads.BOUND);
    }
}
