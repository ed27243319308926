package io.everwire.conformance.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Reads msgpack, as far as packets of Socket.IO use it, and writes it as JSON; bytes become null. */
final class MsgpackText {
    private final ByteBuffer in;

    private MsgpackText(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** Returns the one value in {@code bytes} as JSON. */
    static String json(byte[] bytes) {
        MsgpackText reader = new MsgpackText(bytes);
        String json = reader.value();
        if (reader.in.hasRemaining()) {
            throw new AssertionError(reader.in.remaining() + " bytes behind the value");
        }
        return json;
    }

    private String value() {
        int type = in.get() & 0xFF;
        if (type < 0x80 || type >= 0xe0) {
            return Integer.toString((byte) type);
        } else if (type < 0x90) {
            return map(type & 0x0F);
        } else if (type < 0xa0) {
            return array(type & 0x0F);
        } else if (type < 0xc0) {
            return text(type & 0x1F);
        }
        return switch (type) {
            case 0xc0 -> "null";
            case 0xc2 -> "false";
            case 0xc3 -> "true";
            case 0xc4 -> bytes(in.get() & 0xFF);
            case 0xca -> Float.toString(in.getFloat());
            case 0xcb -> Double.toString(in.getDouble());
            case 0xcc -> Integer.toString(in.get() & 0xFF);
            case 0xcd -> Integer.toString(in.getShort() & 0xFFFF);
            case 0xce -> Long.toString(in.getInt() & 0xFFFFFFFFL);
            case 0xcf -> Long.toUnsignedString(in.getLong());
            case 0xd0 -> Byte.toString(in.get());
            case 0xd1 -> Short.toString(in.getShort());
            case 0xd2 -> Integer.toString(in.getInt());
            case 0xd3 -> Long.toString(in.getLong());
            case 0xd9 -> text(in.get() & 0xFF);
            case 0xda -> text(in.getShort() & 0xFFFF);
            case 0xdc -> array(in.getShort() & 0xFFFF);
            case 0xde -> map(in.getShort() & 0xFFFF);
            default -> throw new AssertionError("type " + Integer.toHexString(type));
        };
    }

    private String map(int size) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(value() + ":" + value());
        }
        return "{" + String.join(",", entries) + "}";
    }

    private String array(int size) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(value());
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String text(int length) {
        byte[] text = new byte[length];
        in.get(text);
        return JsonMapper.shared().writeValueAsString(new String(text, StandardCharsets.UTF_8));
    }

    private String bytes(int length) {
        in.position(in.position() + length);
        return "null";
    }
}
