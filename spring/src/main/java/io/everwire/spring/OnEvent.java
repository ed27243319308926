package io.everwire.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a handler of an event.
 *
 * <p>Parameters may have any order. A parameter of type {@link io.everwire.Socket}, {@link io.everwire.Handshake}, {@link
 * io.everwire.Namespace}, {@link io.everwire.SocketIoServer}, {@link io.everwire.Attributes}, {@link io.everwire.Arguments} or {@link
 * java.security.Principal} receives that object; so does one that a {@link HandlerArgumentResolver} supports. Each other parameter is an
 * argument of the event, in order. An argument that is missing is an error of the client, unless the parameter is an {@code Optional} or
 * has an annotation {@code @Nullable}.
 *
 * <p>The returned value is the ack. A {@code CompletionStage} or a {@code Mono} is the ack when it completes. A method that returns {@code
 * void} leaves the ack to other handlers of the event, or else the ack is empty.
 *
 * <p>A parameter with {@code @Valid} or {@code @Validated} is validated before the method is called. The client receives the wrong fields
 * as its ack; see {@link io.everwire.BadArgumentsException#BadArgumentsException(String, Object)}. An {@code AccessDeniedException} of
 * Spring Security is sent as {@link io.everwire.RefusedException}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnEvent {
    /** The name of the event, or several. They may contain placeholders. */
    String[] value();
}
