/** The hosts of {@code ./everwire conformance} beside Netty's own, and official clients in them. */
@NullMarked
package io.everwire.conformance.hosts;

import org.jspecify.annotations.NullMarked;
