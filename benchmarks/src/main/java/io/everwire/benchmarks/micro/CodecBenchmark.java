package io.everwire.benchmarks.micro;

import io.everwire.benchmarks.load.Dialect;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import java.util.List;
import java.util.Locale;
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

/** Measures encoding and decoding of an event with 100 bytes of JSON, for each generation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    /** The generation. */
    @Param({"EIO4", "EIO3", "GEN1", "GEN0"})
    public Dialect dialect = Dialect.EIO4;

    private final Listener listener = new Listener();
    private @Nullable Generation generation;
    private @Nullable Packet event;
    private @Nullable Session session;
    private @Nullable Sink line;
    private Bytes wire = Bytes.EMPTY;

    /** Opens a session on a WebSocket. */
    @Setup
    public void open() {
        String name = dialect.name().toLowerCase(Locale.ROOT);
        Generation room = Generations.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Bytes json = Bytes.utf8("[\"echo\"," + Payloads.JSON + "]");
        JsonArray data = Objects.requireNonNull(JsonArray.parse(json, 64));
        Packet made = new Packet.Event(Packet.ROOT, Packet.NO_ACK, data, List.of());
        Request request = Request.webSocket(dialect, (slot, same) -> {});
        Session opened = room.open("0123456789abcdefghij", request, listener, SessionOptions.DEFAULTS, 0);
        Sink sink = new Sink(request);
        if (dialect == Dialect.GEN1) {
            opened.request(new Request("/socket.io/1/", false, (slot, same) -> {}), 0);
        }
        opened.lineOpened(sink, 0);
        generation = room;
        event = made;
        session = opened;
        line = sink;
        // Server and client encode an event alike, in every generation.
        wire = room.encode(made).text();
    }

    /** Encodes a packet. */
    @Benchmark
    public Encoded encode() {
        return Objects.requireNonNull(generation).encode(Objects.requireNonNull(event));
    }

    /** Decodes a packet, with the work of its session. */
    @Benchmark
    public @Nullable Packet decode() {
        Objects.requireNonNull(session).text(Objects.requireNonNull(line), wire, 0);
        return listener.last;
    }

    private static final class Listener implements SessionListener {
        private @Nullable Packet last;

        @Override
        public void packet(Packet packet) {
            last = packet;
        }

        @Override
        public void wakeAt(long time) {}

        @Override
        public void transport(String name) {}

        @Override
        public void closed(CloseReason reason) {
            throw new IllegalStateException("the session was closed: " + reason);
        }
    }
}
