package io.everwire.spring.boot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches if Socket.IO is served on this host; see {@link HostKind}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnHostCondition.class)
@interface ConditionalOnHost {
    /** The host; not {@link HostKind#AUTO}. */
    HostKind value();
}
