/** Servers of clusters in processes of their own, and their Redis. */
@NullMarked
package io.everwire.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
