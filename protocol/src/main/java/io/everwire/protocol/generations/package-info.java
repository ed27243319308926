/** The list of generations. It has its own package, so that the seam does not depend on its implementations. */
@NullMarked
package io.everwire.protocol.generations;

import org.jspecify.annotations.NullMarked;
