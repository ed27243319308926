/**
 * The samples of README and {@code docs}. The text between a comment {@code docs: name} and {@code docs: end} equals the block of
 * that name in a document. The tests of {@code io.everwire.conformance.guide} run it with real clients.
 *
 * <p>Not checked for null: most samples leave out attributes that are not set and acks without a value.
 */
@org.jspecify.annotations.NullUnmarked
package io.everwire.examples.guide;
