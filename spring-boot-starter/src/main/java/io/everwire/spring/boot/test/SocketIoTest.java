package io.everwire.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Marks a test of {@link io.everwire.spring.SocketIoController} beans with a server in memory, on virtual time. The bean {@link
 * io.everwire.testkit.TestServer} connects clients; no port is opened. Needs {@code everwire-testkit} and {@code spring-boot-starter-test}.
 *
 * <p>The context has the controllers, middleware, request filters, customizers, resolvers, interceptors and translators of the
 * application, and the configuration of the server, JSON and validation. Provide other beans in the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SocketIoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SocketIoTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface SocketIoTest {
    /** The controllers of the context; all of them if it is empty. */
    @AliasFor("controllers")
    Class<?>[] value() default {};

    /** The controllers of the context; all of them if it is empty. */
    @AliasFor("value")
    Class<?>[] controllers() default {};

    /** Properties of the environment, such as {@code everwire.error-acks=failed}. */
    String[] properties() default {};
}
