/**
 * Runs the samples of the documentation with real clients. {@code SamplesTest} checks that the documents show the samples that are
 * run.
 */
package io.everwire.conformance.guide;
