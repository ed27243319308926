package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes polling bodies, in both framings of Engine.IO 3 (engine.io-parser 2.2.1, encodePayload and
 * decodePayload).
 *
 * <p>Text framing: {@code 6:4hello10:b4AQIDBA==}. Binary framing: {@code 00 06 ff "4hello" 01 05 ff 04 01 02 03 04}.
 */
final class Eio3Payload {
    /** Ends the length in the binary framing. */
    private static final byte LENGTH_END = (byte) 0xFF;

    private Eio3Payload() {}

    /** One packet of a body: text that begins with the type's digit or {@code b}, or bytes that begin with the type. */
    record Part(boolean binary, Bytes bytes) {
        /** Returns whether it is the packet by which a client leaves. */
        boolean isClose() {
            return !binary && !bytes.isEmpty() && bytes.at(0) == '1';
        }
    }

    /** Reads the packets of a body one by one, so that those before a broken one are delivered. */
    static final class Reader {
        private final Bytes body;
        private final boolean binary;
        private final Eio3Dialect dialect;
        private int at;

        /**
         * Creates a reader.
         *
         * @param binary whether the body is in the binary framing
         * @throws ProtocolException if the body is empty text, which is a broken packet
         */
        Reader(Bytes body, boolean binary, Eio3Dialect dialect) {
            this.body = body;
            this.binary = binary;
            this.dialect = dialect;
            if (body.isEmpty() && !binary) {
                throw malformed("an empty body");
            }
        }

        /** Returns the next packet, or null after the last one. */
        @Nullable
        Part next() {
            if (at == body.length()) {
                return null;
            }
            return binary ? nextBinary() : nextText();
        }

        /** Reads {@code <length>:<packet>}, the length in UTF-16 units. */
        private Part nextText() {
            int colon = at;
            int units = 0;
            while (colon < body.length() && body.at(colon) != ':') {
                units = length(units, body.at(colon++) - '0');
            }
            if (colon == at || colon == body.length()) {
                throw malformed("no length");
            }
            int from = colon + 1;
            at = from;
            while (units > 0 && at < body.length()) {
                int next = Utf8.next(body.array(), body.offset() + at, body.end()) - body.offset();
                // Four bytes of UTF-8 are a surrogate pair.
                units -= next - at == 4 ? 2 : 1;
                if (next <= at) {
                    throw malformed("not UTF-8");
                }
                at = next;
            }
            if (units != 0) {
                throw malformed("a length that does not fit");
            }
            return new Part(false, dialect.fromPoll(body.slice(from, at)));
        }

        /**
         * Reads the kind (0 text, 1 binary), the length in bytes, one byte for each of its digits, FF, and the packet.
         */
        private Part nextBinary() {
            int kind = body.at(at);
            int end = at + 1;
            int length = 0;
            while (end < body.length() && body.at(end) != LENGTH_END) {
                length = length(length, body.at(end++));
            }
            int from = end + 1;
            if (kind < 0 || kind > 1 || end == at + 1 || from > body.length() || length > body.length() - from) {
                throw malformed("a length that does not fit");
            }
            at = from + length;
            return new Part(kind == 1, body.slice(from, at));
        }

        /** Appends a digit to a length. The reference stops at 310 digits; a length beyond the body is of no use. */
        private int length(int length, int digit) {
            if (digit < 0 || digit > 9 || length > (body.length() - digit) / 10) {
                throw malformed("not a length");
            }
            return 10 * length + digit;
        }
    }

    /** Returns whether any of the packets is binary. */
    static boolean hasBinary(List<Encoded> packets) {
        for (Encoded packet : packets) {
            if (!packet.attachments().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the packets in the text framing, binary ones in base64. */
    static Bytes text(List<Encoded> packets, Eio3Dialect dialect) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Encoded packet : packets) {
            if (!packet.text().isEmpty()) {
                writeText(body, dialect.toPoll(packet.text()));
            }
            for (Bytes attachment : packet.attachments()) {
                writeText(body, base64(attachment));
            }
        }
        return Bytes.of(body.toByteArray());
    }

    /** Returns the packets in the binary framing. Its text is UTF-8 once, in every dialect. */
    static Bytes binary(List<Encoded> packets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Encoded packet : packets) {
            if (!packet.text().isEmpty()) {
                writeBinary(body, 0, packet.text());
            }
            for (Bytes attachment : packet.attachments()) {
                writeBinary(body, 1, attachment);
            }
        }
        return Bytes.of(body.toByteArray());
    }

    /** Returns a binary message, with its type before it, as the text packet {@code b4…}. */
    static Bytes base64(Bytes message) {
        ByteBuffer bytes = ByteBuffer.wrap(message.array(), message.offset() + 1, message.length() - 1);
        ByteBuffer base64 = Base64.getEncoder().encode(bytes);
        return Bytes.of(ByteBuffer.allocate(2 + base64.remaining())
                .put((byte) 'b')
                .put((byte) '4')
                .put(base64)
                .array());
    }

    /**
     * Returns the bytes of a packet {@code b4…}. The reference skips characters that are not base64; here they make the
     * packet broken.
     */
    static Bytes binaryOfText(Bytes packet) {
        if (packet.length() < 2 || packet.at(1) != '4') {
            throw malformed("base64 that is no message");
        }
        ByteBuffer base64 = ByteBuffer.wrap(packet.array(), packet.offset() + 2, packet.length() - 2);
        try {
            ByteBuffer bytes = Base64.getDecoder().decode(base64);
            return Bytes.of(bytes.array(), bytes.arrayOffset(), bytes.limit());
        } catch (IllegalArgumentException e) {
            throw malformed("not base64");
        }
    }

    /** Writes a packet in the text framing: {@code 2:4€}. */
    private static void writeText(ByteArrayOutputStream body, Bytes text) {
        int units = Utf8.utf16Length(text.array(), text.offset(), text.end());
        body.writeBytes((units + ":").getBytes(StandardCharsets.US_ASCII));
        body.write(text.array(), text.offset(), text.length());
    }

    /** Writes a packet in the binary framing: {@code 00 04 ff "4€"}. */
    private static void writeBinary(ByteArrayOutputStream body, int kind, Bytes packet) {
        body.write(kind);
        for (char digit : Integer.toString(packet.length()).toCharArray()) {
            body.write(digit - '0');
        }
        body.write(LENGTH_END);
        body.write(packet.array(), packet.offset(), packet.length());
    }

    /** Returns the exception for a body that cannot be read. */
    private static ProtocolException malformed(String message) {
        return new ProtocolException(CloseReason.PARSE_ERROR, message);
    }
}
