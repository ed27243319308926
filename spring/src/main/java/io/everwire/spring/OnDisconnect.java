package io.everwire.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a listener of sockets that have left the namespace. It returns nothing and has the parameters of {@link OnEvent} except arguments
 * of events; a parameter of type {@link io.everwire.CloseReason} receives the reason.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnDisconnect {
    /** If true, the method is called earlier, while the socket is still in its rooms. Default false. */
    boolean disconnecting() default false;
}
