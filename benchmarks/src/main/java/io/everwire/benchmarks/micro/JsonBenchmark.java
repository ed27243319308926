package io.everwire.benchmarks.micro;

import io.everwire.benchmarks.servers.Payload;
import io.everwire.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the arguments of an event: JSON to a record, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
    private final JacksonCodec codec = new JacksonCodec();
    private final byte[] json = Payloads.JSON.getBytes(StandardCharsets.UTF_8);
    private final byte[] placeholder = "{\"_placeholder\":true,\"num\":0}".getBytes(StandardCharsets.UTF_8);
    private final List<byte[]> attachments = List.of(new byte[1024]);

    /** Reads a record from JSON. */
    @Benchmark
    public @Nullable Object read() {
        return codec.read(json, 0, json.length, Payload.class, List.of());
    }

    /** Writes a record as JSON. */
    @Benchmark
    public byte[] write() {
        return codec.write(Payloads.BOUND, new ArrayList<>(0));
    }

    /** Writes binary data, which becomes an attachment beside the JSON. */
    @Benchmark
    public @Nullable Object readBinary() {
        return codec.read(placeholder, 0, placeholder.length, byte[].class, attachments);
    }
}
