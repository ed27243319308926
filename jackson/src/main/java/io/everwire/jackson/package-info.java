/** The JSON codec with Jackson 3: {@link io.everwire.jackson.JacksonCodec}. */
@NullMarked
package io.everwire.jackson;

import org.jspecify.annotations.NullMarked;
