/** Bytes of older generations on a port of the Netty host. */
package io.everwire.conformance.wire;
