package io.everwire.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The least work of typed handlers: for each event, Jackson reads the {@link Payload} and writes it again. */
final class FloorJson {
    private static final byte TEXT = (byte) 0x81;

    private final ObjectReader reader;
    private final ObjectWriter writer;

    FloorJson() {
        JsonMapper mapper = JsonMapper.builder().build();
        reader = mapper.readerFor(Payload.class);
        writer = mapper.writerFor(Payload.class);
    }

    /**
     * Returns the frames with rewritten JSON, and releases the given ones. No frame has more than 125 bytes; each
     * object is at the end of an event.
     */
    ByteBuf rewritten(ByteBuf frames) {
        ByteBuf out = frames.alloc().buffer(frames.readableBytes());
        while (frames.isReadable()) {
            byte type = frames.readByte();
            byte[] payload = new byte[frames.readUnsignedByte()];
            frames.readBytes(payload);
            int object = type == TEXT ? indexOf(payload, '{') : -1;
            if (object < 0) {
                out.writeByte(type).writeByte(payload.length).writeBytes(payload);
            } else {
                event(payload, object, out);
            }
        }
        frames.release();
        return out;
    }

    /** Rewrites the object in {@code 42["echo",{…}]}. */
    private void event(byte[] payload, int object, ByteBuf out) {
        Payload value = reader.readValue(payload, object, payload.length - 1 - object);
        byte[] json = writer.writeValueAsBytes(value);
        out.writeByte(TEXT).writeByte(object + json.length + 1);
        out.writeBytes(payload, 0, object).writeBytes(json).writeByte(']');
    }

    private static int indexOf(byte[] bytes, char sought) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == sought) {
                return i;
            }
        }
        return -1;
    }
}
