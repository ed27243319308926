/** The auto-configuration of a server in a Spring Boot application. */
@NullMarked
package io.everwire.spring.boot;

import org.jspecify.annotations.NullMarked;
