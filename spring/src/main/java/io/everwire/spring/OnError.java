package io.everwire.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a listener of events of the namespace that were not handled: middleware refused the event, a handler threw, or its stage failed.
 * It returns nothing and has the parameters of {@link OnEvent} except arguments of events. A parameter of an exception's type receives the
 * failure; the listener is called only for failures of this type.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnError {}
