/** Pure functions on text and bytes that generations share. Nothing here depends on a generation. */
@NullMarked
package io.everwire.protocol.text;

import org.jspecify.annotations.NullMarked;
