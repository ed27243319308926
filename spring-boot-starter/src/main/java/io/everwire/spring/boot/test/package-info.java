/** The test slice: {@link io.everwire.spring.boot.test.SocketIoTest}. */
@NullMarked
package io.everwire.spring.boot.test;

import org.jspecify.annotations.NullMarked;
