package io.everwire.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a listener of sockets that have joined the namespace. It returns nothing and has the parameters of {@link OnEvent} except
 * arguments of events. Events that the client sends are handled after it.
 *
 * <p>If it throws {@link io.everwire.RefusedException} or an {@code AccessDeniedException} of Spring Security, the socket is disconnected.
 * {@link io.everwire.Middleware} rejects a client earlier, with a message. Other exceptions are logged.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnConnect {}
