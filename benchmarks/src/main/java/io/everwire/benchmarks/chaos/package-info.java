/** Harm to clusters of Everwire and Node servers: processes that die, Redis that stops, links that are cut. */
@NullMarked
package io.everwire.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
