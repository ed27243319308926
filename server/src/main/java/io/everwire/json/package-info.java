/** How values become JSON and back: the port that a JSON library is bound to. */
@NullMarked
package io.everwire.json;

import org.jspecify.annotations.NullMarked;
