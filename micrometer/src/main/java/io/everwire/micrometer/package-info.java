/** Meters and observations of a server, with Micrometer. */
@NullMarked
package io.everwire.micrometer;

import org.jspecify.annotations.NullMarked;
