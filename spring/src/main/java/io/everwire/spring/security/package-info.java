/** Spring Security in handlers. */
@NullMarked
package io.everwire.spring.security;

import org.jspecify.annotations.NullMarked;
