/** Programs to read and to run: the chat of 2010, and Everwire inside somebody else's Netty pipeline. */
@NullMarked
package io.everwire.examples;

import org.jspecify.annotations.NullMarked;
