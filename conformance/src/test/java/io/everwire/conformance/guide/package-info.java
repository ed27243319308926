/**
 * The samples of the documentation, run with real clients: what a page says is what happens. {@code SamplesTest} sees to it that
 * the pages show what is run.
 */
package io.everwire.conformance.guide;
