package io.everwire.testkit.wire;

import org.jspecify.annotations.Nullable;

/**
 * An output of the server that arrived on a channel.
 *
 * @param text as a transcript writes it
 * @param answer the response, if the output is one
 * @param arrived the time of {@link System#nanoTime}, in nanoseconds; not before it was sent
 */
record Output(String text, @Nullable HttpAnswer answer, long arrived) {}
