/** Clusters of Java and Node servers over a real Redis. */
package io.everwire.conformance.cluster;
