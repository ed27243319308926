package io.everwire.netty.wire;

import org.jspecify.annotations.Nullable;

/**
 * Something that came on a channel.
 *
 * @param text as a transcript writes it
 * @param answer not null if it is the answer to a request
 * @param arrived when, in nanoseconds of {@link System#nanoTime}; not before it was sent
 */
record Output(String text, @Nullable HttpAnswer answer, long arrived) {}
