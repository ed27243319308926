/**
 * The tests of the structure: imports, cycles, words of the wire, removal of a generation, public API, documents, and
 * language. They read the sources and the compiled classes of all modules.
 */
package io.everwire.conformance.structure;
