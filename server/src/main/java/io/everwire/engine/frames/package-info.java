/**
 * WebSockets on arrays of bytes, for hosts that read and write the frames of RFC 6455 themselves: the handshake, the
 * {@link io.everwire.engine.frames.FrameDecoder}, the {@link io.everwire.engine.frames.Rfc6455Encoder} and {@code
 * permessage-deflate}. Knows no library of a host.
 */
@NullMarked
package io.everwire.engine.frames;

import org.jspecify.annotations.NullMarked;
