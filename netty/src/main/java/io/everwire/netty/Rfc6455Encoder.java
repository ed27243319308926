package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.WebSocketLine;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Frames of RFC 6455: a server's are not masked, so that a frame is a few bytes and then the message. If it was agreed upon, that
 * is compressed.
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

    /** Those of one line; with nothing agreed upon, those of all. */
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
        } else if (shared && deflate.refersToNothing()) {
            share(out, opcode | COMPRESSED, message, deflate);
        } else {
            write(out, opcode | COMPRESSED, deflate.deflate(message));
        }
    }

    /** Writes a message that several sessions are sent: the frame is the same for all of them. */
    private static void share(WebSocketWriter out, int first, Bytes message, @Nullable MessageDeflate deflate) {
        SharedFrameCache last = out.loop.lastFrame();
        if (!last.repeats(message, first, deflate == null ? null : deflate.options())) {
            write(out, first, deflate == null ? message : deflate.deflate(message));
            return;
        }
        ByteBuf frame = last.frame();
        if (frame == null) {
            Bytes content = deflate == null ? message : deflate.deflate(message);
            ByteBuf made = out.ctx.alloc().buffer(LONGEST_HEADER + content.length());
            writeHeader(made, first, content.length());
            frame = last.keep(made.writeBytes(content.array(), content.offset(), content.length()));
        }
        out.share(frame);
    }

    private static void write(WebSocketWriter out, int opcode, Bytes message) {
        writeHeader(out.room(LONGEST_HEADER + WebSocketWriter.copied(message)), opcode, message.length());
        out.add(message);
    }

    /** RFC 6455, section 5.2: the length in the shortest of three forms, and no mask. */
    private static void writeHeader(ByteBuf out, int opcode, int length) {
        out.writeByte(opcode);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
