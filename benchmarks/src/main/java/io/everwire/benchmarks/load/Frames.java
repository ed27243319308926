package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Messages as a WebSocket client sends them, masked and ready, all of one length: any run of them is one slice. */
final class Frames {
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;

    /** So many different ones. A run is no longer. */
    static final int COUNT = 256;

    private final ByteBuf twice;
    private final int length;

    private Frames(ByteBuf twice, int length) {
        this.twice = twice;
        this.length = length;
    }

    /** Text messages. */
    static Frames text(IntFunction<String> message) {
        return of(i -> out -> write(out, TEXT, message.apply(i).getBytes(StandardCharsets.UTF_8)));
    }

    /** Messages of whatever frames {@code message} writes. */
    static Frames of(IntFunction<Consumer<ByteBuf>> message) {
        ByteBuf twice = Unpooled.directBuffer();
        for (int i = 0; i < 2 * COUNT; i++) {
            message.apply(i % COUNT).accept(twice);
        }
        int length = twice.readableBytes() / (2 * COUNT);
        if (length * 2 * COUNT != twice.readableBytes()) {
            throw new IllegalArgumentException("messages of different lengths");
        }
        return new Frames(Unpooled.unreleasableBuffer(twice), length);
    }

    /** One frame alone. */
    static ByteBuf single(int type, String payload) {
        ByteBuf out = Unpooled.buffer();
        write(out, type, payload.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    /** {@code count} messages, beginning with the one of number {@code from}; any number will do. */
    ByteBuf run(long from, int count) {
        return twice.slice((int) (from % COUNT) * length, count * length);
    }

    /** Appends a frame, masked as a client must. */
    static void write(ByteBuf out, int type, byte[] payload) {
        int mask = new Random(payload.length + 7L * out.writerIndex()).nextInt() | 0x01010101;
        out.writeByte(type);
        if (payload.length < 126) {
            out.writeByte(0x80 | payload.length);
        } else {
            out.writeByte(0x80 | 126).writeShort(payload.length);
        }
        out.writeInt(mask);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i & 3))));
        }
    }
}
