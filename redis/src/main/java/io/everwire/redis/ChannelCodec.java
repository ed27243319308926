package io.everwire.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.codec.ToByteBufEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of channels as texts, and messages as bytes. It remembers the names that it read last: most messages of a connection have the same
 * few. One instance belongs to one connection.
 */
final class ChannelCodec implements RedisCodec<String, byte[]>, ToByteBufEncoder<String, byte[]> {
    /** A message of a pattern has two names, so this is four channels. A power of two. */
    private static final int REMEMBERED = 8;

    private final byte[][] bytes = new byte[REMEMBERED][];
    private final String[] names = new String[REMEMBERED];

    @Override
    public String decodeKey(ByteBuffer in) {
        byte[] read = new byte[in.remaining()];
        in.get(read);
        int place = Arrays.hashCode(read) & (REMEMBERED - 1);
        if (!Arrays.equals(read, bytes[place])) {
            bytes[place] = read;
            names[place] = new String(read, StandardCharsets.UTF_8);
        }
        return names[place];
    }

    @Override
    public byte[] decodeValue(ByteBuffer in) {
        return ByteArrayCodec.INSTANCE.decodeValue(in);
    }

    @Override
    public ByteBuffer encodeKey(String name) {
        return StringCodec.UTF8.encodeKey(name);
    }

    @Override
    public ByteBuffer encodeValue(byte[] message) {
        return ByteArrayCodec.INSTANCE.encodeValue(message);
    }

    @Override
    public void encodeKey(String name, ByteBuf out) {
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void encodeValue(byte[] message, ByteBuf out) {
        out.writeBytes(message);
    }

    @Override
    public int estimateSize(Object value) {
        return value instanceof String name ? 3 * name.length() : value instanceof byte[] message ? message.length : 0;
    }
}
