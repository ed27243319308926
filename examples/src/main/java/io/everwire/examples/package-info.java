/** Programs to read and to run: a chat, Everwire in the pipeline of another Netty server, and the server that the public test suites expect. */
@NullMarked
package io.everwire.examples;

import org.jspecify.annotations.NullMarked;
