package io.everwire.netty;

import io.everwire.engine.Compression;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames of RFC 6455. A server does not mask (section 5.1), so that a frame is a header of at most ten bytes and
 * the message.
 */
final class Rfc6455Encoder implements FrameEncoder {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8A;
    private static final int LONGEST_HEADER = 10;

    /** RSV1: the message is compressed (RFC 7692, section 6). */
    private static final int COMPRESSED = 0x40;

    private static final Rfc6455Encoder PLAIN = new Rfc6455Encoder(null);

    private final @Nullable MessageDeflate deflate;

    private Rfc6455Encoder(@Nullable MessageDeflate deflate) {
        this.deflate = deflate;
    }

    /**
     * Returns the encoder of one WebSocket; one instance for all WebSockets without compression.
     *
     * @param deflate the agreed compression, or null
     */
    static Rfc6455Encoder of(@Nullable MessageDeflate deflate) {
        return deflate == null ? PLAIN : new Rfc6455Encoder(deflate);
    }

    @Override
    public void text(WebSocketWriter out, Bytes message, SendOptions options) {
        message(out, TEXT, message, options);
    }

    @Override
    public void binary(WebSocketWriter out, Bytes message, SendOptions options) {
        message(out, BINARY, message, options);
    }

    @Override
    public void pong(WebSocketWriter out, Bytes payload) {
        write(out, PONG, payload);
    }

    /** {@inheritDoc} A frame without a status has no payload: 1005 must not be sent (section 7.4.1). */
    @Override
    public void close(WebSocketWriter out, int code) {
        boolean silent = code == WebSocketLine.NO_STATUS;
        write(out, CLOSE, silent ? Bytes.EMPTY : Bytes.of(new byte[] {(byte) (code >> 8), (byte) code}));
    }

    @Override
    public boolean closeIsAnswered() {
        return true;
    }

    private void message(WebSocketWriter out, int opcode, Bytes message, SendOptions options) {
        boolean shared = options.receivers() > 1;
        if (deflate == null || !options.compress() || !deflate.isWorth(message)) {
            if (shared) {
                share(out, opcode, message, null);
            } else {
                write(out, opcode, message);
            }
        } else if (shared && deflate.isStateless()) {
            share(out, opcode | COMPRESSED, message, deflate);
        } else {
            write(out, opcode | COMPRESSED, deflate.deflate(message));
        }
    }

    /**
     * Writes a message that several sessions are sent: from the second connection of an event loop on, its frame is
     * shared.
     */
    private static void share(WebSocketWriter out, int firstByte, Bytes message, @Nullable MessageDeflate deflate) {
        SharedFrameCache cache = out.frames();
        Compression.Deflate compression = deflate == null ? null : deflate.options();
        if (!cache.repeats(message, firstByte, compression)) {
            write(out, firstByte, deflate == null ? message : deflate.deflate(message));
            return;
        }
        ByteBuf frame = cache.frame();
        if (frame == null) {
            Bytes content = deflate == null ? message : deflate.deflate(message);
            ByteBuf built = out.allocate(LONGEST_HEADER + content.length());
            writeHeader(built, firstByte, content.length());
            frame = cache.keep(built.writeBytes(content.array(), content.offset(), content.length()));
        }
        out.share(frame);
    }

    private static void write(WebSocketWriter out, int firstByte, Bytes message) {
        writeHeader(out.reserve(LONGEST_HEADER + WebSocketWriter.copied(message)), firstByte, message.length());
        out.add(message);
    }

    /** Writes the first byte and the length in the shortest of its three forms (section 5.2). */
    private static void writeHeader(ByteBuf out, int firstByte, int length) {
        out.writeByte(firstByte);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
