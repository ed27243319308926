/** Conversion between JSON with attachments and msgpack. Generations and cluster adapters share it. */
@NullMarked
package io.everwire.protocol.msgpack;

import org.jspecify.annotations.NullMarked;
