package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Encoded and masked messages of a WebSocket client, all of one length, so that any run of them is one slice. */
final class Frames {
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;

    /** The number of different messages, which is also the longest run. */
    static final int COUNT = 256;

    private final ByteBuf twice;
    private final int length;

    private Frames(ByteBuf twice, int length) {
        this.twice = twice;
        this.length = length;
    }

    /** Creates text messages. */
    static Frames text(IntFunction<String> message) {
        return of(i -> out -> write(out, TEXT, message.apply(i).getBytes(StandardCharsets.UTF_8)));
    }

    /** Creates messages of the frames that {@code message} writes. */
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

    /** Returns one frame. */
    static ByteBuf single(int type, String payload) {
        ByteBuf out = Unpooled.buffer();
        write(out, type, payload.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    /** Returns {@code count} messages, beginning with the one of number {@code from}, modulo the number of messages. */
    ByteBuf run(long from, int count) {
        return twice.slice((int) (from % COUNT) * length, count * length);
    }

    /** Appends a frame, masked as RFC 6455 section 5.3 requires of clients. */
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
