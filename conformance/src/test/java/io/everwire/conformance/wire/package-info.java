/** Wires of past years, byte by byte, on a port of the Netty host. */
package io.everwire.conformance.wire;
