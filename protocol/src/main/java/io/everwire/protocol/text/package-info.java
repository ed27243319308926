/** Pure functions on text and bytes that rooms share. Nothing here knows a generation. */
@NullMarked
package io.everwire.protocol.text;

import org.jspecify.annotations.NullMarked;
