/** Handlers as annotated methods of Spring beans, and the lifecycle of a server in an application context. */
@NullMarked
package io.everwire.spring;

import org.jspecify.annotations.NullMarked;
