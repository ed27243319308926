package io.everwire.protocol;

/**
 * A message of Engine.IO that is said right after a session is open, by the generations that have such.
 *
 * @param data its text in UTF-8, or its bytes
 * @param binary whether it is bytes
 */
public record InitialPacket(Bytes data, boolean binary) {}
