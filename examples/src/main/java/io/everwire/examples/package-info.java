/** Programs to read and to run: the chat of 2010, Everwire inside somebody else's Netty pipeline, and the server that the public test suites expect. */
@NullMarked
package io.everwire.examples;

import org.jspecify.annotations.NullMarked;
