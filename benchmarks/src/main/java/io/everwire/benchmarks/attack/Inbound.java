package io.everwire.benchmarks.attack;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the responses of a server and, after an upgrade, its WebSocket messages. On the event loop of its connection. */
final class Inbound {
    /** The longest text that is passed on; longer messages are only counted. */
    private static final int MAX_TEXT = 512;

    /** The longest body that is kept. */
    private static final int MAX_BODY = 16 * 1024;

    private static final String LENGTH = "\r\ncontent-length:";
    private static final int OPCODE = 0x0F;
    private static final int LONGEST_HEAD = 10;

    private enum State {
        HEAD,
        BODY,
        FRAME_HEAD,
        PAYLOAD
    }

    /** Receives what was read. */
    interface Listener {
        void response(Response response);

        /** Receives a short text message. */
        void text(String text);

        /** Called for each message. */
        void message();

        /** Receives the code of a close frame; 1005 if it has none. */
        void closing(int code);
    }

    /** The response to a request. */
    record Response(int status, String body) {}

    private final Listener listener;
    private final StringBuilder head = new StringBuilder();
    private final byte[] frameHead = new byte[LONGEST_HEAD];
    private int frameHeadLength;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private State state = State.HEAD;
    private int status;
    private long left;

    Inbound(Listener listener) {
        this.listener = listener;
    }

    /** Reads {@code in} to its end. */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (state) {
                case HEAD -> readHead(in);
                case FRAME_HEAD -> readFrameHead(in);
                case BODY -> {
                    take(in, MAX_BODY);
                    if (left == 0) {
                        responded();
                    }
                }
                case PAYLOAD -> {
                    take(in, MAX_TEXT);
                    if (left == 0) {
                        framed();
                    }
                }
            }
        }
    }

    private void take(ByteBuf in, int limit) {
        int part = (int) Math.min(left, in.readableBytes());
        int wanted = Math.max(0, Math.min(part, limit - kept.size()));
        byte[] bytes = new byte[wanted];
        in.readBytes(bytes);
        kept.writeBytes(bytes);
        in.skipBytes(part - wanted);
        left -= part;
    }

    private void readHead(ByteBuf in) {
        head.append((char) in.readUnsignedByte());
        int length = head.length();
        if (length < 4 || head.indexOf("\r\n\r\n", length - 4) < 0) {
            return;
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        head.setLength(0);
        status = lower.startsWith("http/1.1 ") ? Integer.parseInt(lower.substring(9, 12)) : 0;
        int at = lower.indexOf(LENGTH);
        left = at < 0
                ? 0
                : Long.parseLong(lower.substring(at + LENGTH.length(), lower.indexOf('\r', at + 2))
                        .trim());
        state = State.BODY;
        if (left == 0) {
            responded();
        }
    }

    private void responded() {
        Response response = new Response(status, kept.toString(StandardCharsets.UTF_8));
        kept.reset();
        state = status == 101 ? State.FRAME_HEAD : State.HEAD;
        listener.response(response);
    }

    private void readFrameHead(ByteBuf in) {
        frameHead[frameHeadLength++] = in.readByte();
        if (frameHeadLength < 2 || frameHeadLength < frameHeadSize()) {
            return;
        }
        left = frameHead[1] & 0x7F;
        if (left >= 126) {
            left = 0;
            for (int i = 2; i < frameHeadLength; i++) {
                left = left << 8 | (frameHead[i] & 0xFF);
            }
        }
        frameHeadLength = 0;
        state = State.PAYLOAD;
        if (left == 0) {
            framed();
        }
    }

    private int frameHeadSize() {
        return switch (frameHead[1] & 0x7F) {
            case 126 -> 4;
            case 127 -> LONGEST_HEAD;
            default -> 2;
        };
    }

    private void framed() {
        byte[] payload = kept.toByteArray();
        kept.reset();
        state = State.FRAME_HEAD;
        int opcode = frameHead[0] & OPCODE;
        if (opcode == Frame.CLOSE) {
            listener.closing(payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF));
        } else if (opcode < Frame.CLOSE) {
            listener.message();
            if (opcode == Frame.TEXT && payload.length < MAX_TEXT) {
                listener.text(new String(payload, StandardCharsets.UTF_8));
            }
        }
    }
}
