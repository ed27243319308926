/** The list of rooms. A package of its own, so that the vocabulary need not know its speakers. */
@NullMarked
package io.everwire.protocol.generations;

import org.jspecify.annotations.NullMarked;
