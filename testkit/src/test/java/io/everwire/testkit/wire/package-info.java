/**
 * Plays the wire transcripts over real sockets: the second player of the one source, beside the one on virtual time in
 * the protocol's tests.
 *
 * <p>{@link io.everwire.testkit.wire.HostPlayer} runs a transcript in one thread: {@link io.everwire.testkit.wire.Traffic}
 * moves the bytes of all its connections, {@link io.everwire.testkit.wire.AnswerReader} parses them,
 * {@link io.everwire.testkit.wire.Markers} show that the server has completed its work. It knows of the host only that it
 * serves an engine; the test of a host ({@link io.everwire.testkit.wire.TranscriptsContract}) provides a way to start it.
 *
 * <p>The player ignores the additions of a host to the output of a generation: {@code Content-Length},
 * {@code Transfer-Encoding}, {@code Connection} and the handshake of a WebSocket; the engine's {@code Vary} and
 * {@code Access-Control-…} if a transcript sends an origin (all are admitted here: generations do not check them); the
 * close frame that answers the peer's own.
 */
@NullMarked
package io.everwire.testkit.wire;

import org.jspecify.annotations.NullMarked;
