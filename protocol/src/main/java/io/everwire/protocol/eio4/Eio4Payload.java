package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Encodes and decodes polling bodies (engine.io-protocol 4): packets separated by U+001E, binary ones as {@code b} and
 * base64. Example: {@code 4hello␞bAQIDBA==␞2}.
 */
final class Eio4Payload {
    /** The record separator, which JSON never contains unescaped. */
    private static final byte SEPARATOR = 0x1E;

    private Eio4Payload() {}

    /** Returns the index behind the packet that begins at {@code from}. */
    static int packetEnd(Bytes payload, int from) {
        int at = from;
        while (at < payload.length() && payload.at(at) != SEPARATOR) {
            at++;
        }
        return at;
    }

    /** Returns the body with these packets. A single text is returned without a copy. */
    static Bytes join(List<Encoded> packets) {
        if (packets.size() == 1 && packets.get(0).attachments().isEmpty()) {
            return packets.get(0).text();
        }
        // Each packet takes a separator, except for the first one.
        int length = -1;
        for (Encoded packet : packets) {
            length += packet.text().isEmpty() ? 0 : packet.text().length() + 1;
            for (Bytes attachment : packet.attachments()) {
                length += base64Length(attachment) + 2;
            }
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        for (Encoded packet : packets) {
            Bytes text = packet.text();
            if (!text.isEmpty()) {
                separate(payload).put(text.array(), text.offset(), text.length());
            }
            for (Bytes attachment : packet.attachments()) {
                separate(payload).put((byte) 'b').put(encode(attachment));
            }
        }
        return Bytes.of(payload.array());
    }

    /** Returns a binary message as the text packet for clients that take no binary: {@code bAQIDBA==}. */
    static Bytes binaryAsText(Bytes message) {
        ByteBuffer text = ByteBuffer.allocate(1 + base64Length(message));
        return Bytes.of(text.put((byte) 'b').put(encode(message)).array());
    }

    /**
     * Returns the bytes of a packet {@code b…}. The reference skips characters that are not base64. Here they make the
     * packet broken, except for the line ends of the Java client (engine.io-client 2.1.0, Base64.DEFAULT).
     */
    static Bytes binaryOfText(Bytes packet) {
        ByteBuffer base64 = oneLine(packet, 1);
        try {
            ByteBuffer bytes = Base64.getDecoder().decode(base64);
            return Bytes.of(bytes.array(), bytes.arrayOffset(), bytes.limit());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(CloseReason.PARSE_ERROR, "not base64");
        }
    }

    /** Returns the text from {@code from} on, without line ends. */
    private static ByteBuffer oneLine(Bytes text, int from) {
        ByteBuffer line = ByteBuffer.allocate(text.length() - from);
        for (int i = from; i < text.length(); i++) {
            byte b = text.at(i);
            if (b != '\n' && b != '\r') {
                line.put(b);
            }
        }
        return line.flip();
    }

    /** Writes a separator unless the packet is the first. */
    private static ByteBuffer separate(ByteBuffer payload) {
        return payload.position() == 0 ? payload : payload.put(SEPARATOR);
    }

    /** Returns the base64 of {@code bytes}, with padding. */
    private static ByteBuffer encode(Bytes bytes) {
        return Base64.getEncoder().encode(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length()));
    }

    /** Returns the length of the base64 of {@code bytes}. */
    private static int base64Length(Bytes bytes) {
        return (bytes.length() + 2) / 3 * 4;
    }
}
