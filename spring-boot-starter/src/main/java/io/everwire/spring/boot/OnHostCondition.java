package io.everwire.spring.boot;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Decides on which host Socket.IO is served. */
final class OnHostCondition extends SpringBootCondition {
    private static final String SERVLET_CONTEXT = "org.springframework.web.context.WebApplicationContext";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        HostKind wanted = metadata.getAnnotations().get(ConditionalOnHost.class).getEnum("value", HostKind.class);
        HostKind host = host(context);
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnHost.class, wanted);
        return new ConditionOutcome(host == wanted, message.because("Socket.IO is served on the host " + host));
    }

    private static HostKind host(ConditionContext context) {
        Environment environment = context.getEnvironment();
        HostKind chosen =
                Binder.get(environment).bind("everwire.host", HostKind.class).orElse(HostKind.AUTO);
        if (chosen != HostKind.AUTO) {
            return chosen;
        }
        if (environment.containsProperty("everwire.port.number")) {
            return HostKind.PORT;
        }
        return ofWebServer(context);
    }

    private static HostKind ofWebServer(ConditionContext context) {
        if (context.getEnvironment() instanceof ConfigurableReactiveWebEnvironment
                || context.getResourceLoader() instanceof ReactiveWebApplicationContext) {
            return HostKind.REACTIVE;
        }
        ClassLoader loader = context.getClassLoader();
        boolean servlet = ClassUtils.isPresent(SERVLET_CONTEXT, loader)
                && ClassUtils.resolveClassName(SERVLET_CONTEXT, loader).isInstance(context.getResourceLoader());
        return servlet ? HostKind.SERVLET : HostKind.PORT;
    }
}
