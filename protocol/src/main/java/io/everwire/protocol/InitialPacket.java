package io.everwire.protocol;

/**
 * An Engine.IO message that is sent right after a session is open, by the generations that support it.
 *
 * @param data the text in UTF-8, or the bytes
 * @param binary whether the message is binary
 */
public record InitialPacket(Bytes data, boolean binary) {
    /** Returns a text message. */
    public static InitialPacket text(String text) {
        return new InitialPacket(Bytes.utf8(text), false);
    }

    /** Returns a binary message. The array is copied. */
    public static InitialPacket binary(byte[] bytes) {
        return new InitialPacket(Bytes.of(bytes.clone()), true);
    }
}
