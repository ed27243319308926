package io.everwire.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a bean with handlers of a namespace: methods with {@link OnEvent}, {@link OnMessage}, {@link OnConnect}, {@link OnDisconnect}
 * or {@link OnError}. They are added to the server before it can be reached, and called through the proxy of the bean.
 *
 * <p>One bean serves all sockets: keep the state of a client in {@link io.everwire.Socket#attributes}. Handlers of one socket run one at
 * a time and in order; handlers of different sockets run at the same time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface SocketIoController {
    // An array: Spring would take a single text for the name of the bean.
    /** The namespace, such as {@code /chat}, or several; they may contain placeholders. Default {@code /}. */
    String[] value() default "/";

    /**
     * A regular expression of the names of dynamic namespaces, instead of {@link #value}: {@code /game-\d+}. It may contain
     * placeholders. See {@link io.everwire.SocketIoServer#of(java.util.regex.Pattern)}.
     */
    String pattern() default "";

    /** The name of the bean; see {@link Component#value}. */
    @AliasFor(annotation = Component.class, attribute = "value")
    String beanName() default "";
}
