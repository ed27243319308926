/**
 * Plays the wire transcripts over real sockets: the second player of the one source, beside that of the rooms.
 *
 * <p>{@link io.everwire.netty.wire.HostPlayer} runs a transcript in one thread: {@link io.everwire.netty.wire.Traffic}
 * moves the bytes of all its connections, {@link io.everwire.netty.wire.AnswerReader} takes them apart,
 * {@link io.everwire.netty.wire.Markers} tell when the server has done all it was asked. It knows of the host only that
 * it serves an engine; a test of another host says how to start it.
 *
 * <p>What a host legitimately adds to what a room says, and the player passes over: {@code Content-Length},
 * {@code Transfer-Encoding}, {@code Connection} and the handshake of a WebSocket; the engine's {@code Vary} and
 * {@code Access-Control-…} where a transcript sends an origin (all are admitted here: rooms do not judge them); the close
 * frame that answers the peer's own.
 */
@NullMarked
package io.everwire.netty.wire;

import org.jspecify.annotations.NullMarked;
