package io.everwire.spring;

import io.everwire.EngineMiddleware;
import io.everwire.Middleware;
import io.everwire.NamespaceRegistry;
import io.everwire.SocketIoServer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;
import org.springframework.validation.Validator;

/**
 * Adds the beans of an application context to a server, when the singletons exist and before a port opens. Declare one bean of this type;
 * the Spring Boot starter does. It adds, in this order:
 *
 * <ol>
 *   <li>{@link SocketIoServerCustomizer} beans: each is called with the server;
 *   <li>{@link EngineMiddleware} beans;
 *   <li>{@link Middleware} beans, to every namespace, so that no namespace is left without them;
 *   <li>the handlers of {@link SocketIoController} beans.
 * </ol>
 */
public final class SocketIoBeans implements SmartInitializingSingleton, BeanFactoryAware, EmbeddedValueResolverAware {
    private final Supplier<SocketIoServer> server;
    private final Map<String, NamespaceRegistry> dynamic = new HashMap<>();
    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable StringValueResolver values;

    /** @param server returns the server; called when the singletons exist */
    public SocketIoBeans(Supplier<SocketIoServer> server) {
        this.server = server;
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = (ConfigurableListableBeanFactory) factory;
    }

    @Override
    public void setEmbeddedValueResolver(StringValueResolver resolver) {
        values = resolver;
    }

    /** @throws IllegalStateException if a handler cannot be called; the message names the method and the reason */
    @Override
    public void afterSingletonsInstantiated() {
        ConfigurableListableBeanFactory factory = beans;
        if (factory == null) {
            throw new IllegalStateException("SocketIoBeans must be a bean");
        }
        SocketIoServer known = server.get();
        factory.getBeanProvider(SocketIoServerCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(known));
        addMiddleware(factory, known);
        Surroundings surroundings = new Surroundings(
                factory.getBeanProvider(HandlerArgumentResolver.class)
                        .orderedStream()
                        .toList(),
                factory.getBeanProvider(HandlerInterceptor.class)
                        .orderedStream()
                        .toList(),
                factory.getBeanProvider(FailureTranslator.class).orderedStream().toList(),
                new ArgumentValidation(validator(factory)));
        for (String name : factory.getBeanNamesForAnnotation(SocketIoController.class)) {
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                register(factory, name, surroundings);
            }
        }
    }

    private static void addMiddleware(ConfigurableListableBeanFactory factory, SocketIoServer server) {
        factory.getBeanProvider(EngineMiddleware.class).orderedStream().forEach(server.engine()::use);
        factory.getBeanProvider(EngineMiddleware.Async.class).orderedStream().forEach(server.engine()::useAsync);
        List<Middleware> middleware =
                factory.getBeanProvider(Middleware.class).orderedStream().toList();
        List<Middleware.Async> later =
                factory.getBeanProvider(Middleware.Async.class).orderedStream().toList();
        Consumer<NamespaceRegistry> add = registry -> {
            middleware.forEach(registry::use);
            later.forEach(registry::useAsync);
        };
        add.accept(server);
        server.namespaces().values().stream()
                .filter(namespace -> !namespace.name().equals("/"))
                .forEach(add);
        server.onNewNamespace(add);
    }

    /** The beans that all handlers share. */
    private record Surroundings(
            List<HandlerArgumentResolver> resolvers,
            List<HandlerInterceptor> interceptors,
            List<FailureTranslator> translators,
            ArgumentValidation validation) {}

    private static @Nullable Validator validator(ConfigurableListableBeanFactory factory) {
        // Spring MVC and WebFlux have validators of their own beside that of the application.
        String usual = "defaultValidator";
        return factory.containsBean(usual) && factory.isTypeMatch(usual, Validator.class)
                ? factory.getBean(usual, Validator.class)
                : factory.getBeanProvider(Validator.class).getIfUnique();
    }

    private void register(ConfigurableListableBeanFactory factory, String name, Surroundings surroundings) {
        Class<?> type = userType(factory, name);
        SocketIoController controller = AnnotatedElementUtils.findMergedAnnotation(type, SocketIoController.class);
        if (controller == null) {
            return;
        }
        List<NamespaceRegistry> registries = registries(server.get(), controller);
        for (HandlerKind kind : HandlerKind.values()) {
            Map<Method, Annotation> methods =
                    MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Annotation>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, kind.type()));
            methods.forEach((method, annotation) -> {
                try {
                    HandlerMethod handler = handler(factory, name, type, kind, method, surroundings);
                    registries.forEach(registry -> add(registry, annotation, handler, method));
                } catch (IllegalStateException | IllegalArgumentException e) {
                    throw new IllegalStateException(
                            "@" + kind.annotation() + " " + type.getSimpleName() + "." + method.getName() + ": "
                                    + e.getMessage(),
                            e);
                }
            });
        }
    }

    private static Class<?> userType(ConfigurableListableBeanFactory factory, String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(factory, name);
        if (type != null && ScopedObject.class.isAssignableFrom(type)) {
            type = AutoProxyUtils.determineTargetClass(factory, ScopedProxyUtils.getTargetBeanName(name));
        }
        if (type == null) {
            throw new IllegalStateException("the class of the bean \"" + name + "\" is unknown");
        }
        return ClassUtils.getUserClass(type);
    }

    private static HandlerMethod handler(
            ConfigurableListableBeanFactory factory,
            String name,
            Class<?> type,
            HandlerKind kind,
            Method method,
            Surroundings surroundings) {
        if (java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
            throw new IllegalStateException("it is static: remove \"static\"");
        }
        HandlerParameters parameters =
                HandlerParameters.of(method, type, kind, surroundings.resolvers, surroundings.validation);
        HandlerResults results = HandlerResults.of(method, type, kind);
        return new HandlerMethod(
                new BeanMethod(factory, name, method),
                parameters,
                results,
                surroundings.interceptors,
                surroundings.translators);
    }

    private List<NamespaceRegistry> registries(SocketIoServer known, SocketIoController controller) {
        if (!controller.pattern().isEmpty()) {
            return List.of(dynamic.computeIfAbsent(
                    resolved(controller.pattern()), pattern -> known.of(Pattern.compile(pattern))));
        }
        return Arrays.stream(controller.value())
                .map(this::resolved)
                .<NamespaceRegistry>map(name -> name.isEmpty() || name.equals("/") ? known : known.of(name))
                .toList();
    }

    private void add(NamespaceRegistry registry, Annotation annotation, HandlerMethod handler, Method method) {
        if (annotation instanceof OnEvent event) {
            for (String name : names(event)) {
                registry.onRaw(name, (socket, arguments) -> handler.call(HandlerCall.event(socket, arguments)));
            }
        } else if (annotation instanceof OnMessage) {
            registry.onRaw("message", (socket, arguments) -> handler.call(HandlerCall.event(socket, arguments)));
        } else if (annotation instanceof OnConnect) {
            registry.onConnection(handler::connected);
        } else if (annotation instanceof OnDisconnect disconnect) {
            if (disconnect.disconnecting()) {
                registry.onDisconnecting(handler::disconnected);
            } else {
                registry.onDisconnect(handler::disconnected);
            }
        } else {
            Class<?>[] wanted = Arrays.stream(method.getParameterTypes())
                    .filter(Throwable.class::isAssignableFrom)
                    .toArray(Class<?>[]::new);
            registry.onError((socket, failure) -> {
                if (Arrays.stream(wanted).allMatch(type -> type.isInstance(failure))) {
                    handler.failed(socket, failure);
                }
            });
        }
    }

    private Set<String> names(OnEvent event) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : event.value()) {
            names.add(resolved(name));
        }
        if (names.isEmpty() || names.contains("")) {
            throw new IllegalStateException("it names no event");
        }
        return names;
    }

    private String resolved(String text) {
        String value = values == null ? text : values.resolveStringValue(text);
        return value == null ? "" : value;
    }
}
