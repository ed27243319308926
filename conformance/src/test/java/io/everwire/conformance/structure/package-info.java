/**
 * The tests that keep the structure: who may import whom, which words stand where, that each generation can be cut out, what
 * the public API is. They look at the sources and at the compiled classes of all modules.
 */
package io.everwire.conformance.structure;
