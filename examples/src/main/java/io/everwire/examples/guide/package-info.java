/**
 * The samples of README and {@code docs}. What stands between a comment {@code docs: name} and {@code docs: end} is, word for word,
 * the block of that name in a document; the tests of {@code io.everwire.conformance.guide} run it with real clients.
 */
@org.jspecify.annotations.NullMarked
package io.everwire.examples.guide;
