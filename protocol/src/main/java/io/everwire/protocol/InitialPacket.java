package io.everwire.protocol;

/**
 * A message of Engine.IO that is said right after a session is open, by the generations that have such.
 *
 * @param data its text in UTF-8, or its bytes
 * @param binary whether it is bytes
 */
public record InitialPacket(Bytes data, boolean binary) {
    /** Text. */
    public static InitialPacket text(String text) {
        return new InitialPacket(Bytes.utf8(text), false);
    }

    /** Binary data; the array stays the caller's. */
    public static InitialPacket binary(byte[] bytes) {
        return new InitialPacket(Bytes.of(bytes.clone()), true);
    }
}
