package io.everwire.spring.boot;

import io.everwire.RequestFilter;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.adapter.Adapter;
import io.everwire.json.JsonCodec;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** Builds the options of the server from the properties and the beans of the application. */
final class OptionsFactory {
    private final EverwireProperties properties;
    private final ListableBeanFactory beans;

    OptionsFactory(EverwireProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** @throws SocketIoStartException if a value is out of range */
    ServerOptions options() {
        try {
            ServerOptions.Builder builder = PropertyOptions.builder(properties);
            addBeans(builder);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new SocketIoStartException(
                    "The options of the Socket.IO server are not valid: " + e.getMessage(),
                    "Correct the property below \"everwire\", or the ServerOptionsCustomizer, that sets this option.",
                    e);
        }
    }

    private void addBeans(ServerOptions.Builder builder) {
        List<ServerObserver> observers =
                beans.getBeanProvider(ServerObserver.class).orderedStream().toList();
        if (!observers.isEmpty()) {
            builder.observer(observers.size() == 1 ? observers.get(0) : new CompositeObserver(observers));
        }
        beans.getBeanProvider(JsonCodec.class).ifUnique(builder::jsonCodec);
        beans.getBeanProvider(Adapter.Factory.class).ifUnique(builder::adapter);
        if (properties.handlerExecutor() != null) {
            builder.handlerExecutor(executor(beans, properties.handlerExecutor()));
        }
        if (has(RequestFilter.class) || has(RequestFilter.Async.class)) {
            builder.allowRequestAsync(new RequestFilters(this::filters));
        }
        beans.getBeanProvider(ServerOptionsCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
    }

    /** Returns whether there is such a bean, without creating it. */
    private boolean has(Class<?> type) {
        return beans.getBeanNamesForType(type, true, false).length > 0;
    }

    private List<RequestFilter.Async> filters() {
        return Stream.of(
                        beans.getBeanProvider(FirstRequestFilter.class).orderedStream(),
                        beans.getBeanProvider(RequestFilter.class)
                                .orderedStream()
                                .map(RequestFilters::later),
                        beans.getBeanProvider(RequestFilter.Async.class)
                                .orderedStream()
                                .filter(filter -> !(filter instanceof FirstRequestFilter)))
                .<RequestFilter.Async>flatMap(filters -> filters)
                .toList();
    }

    private static Executor executor(BeanFactory beans, String name) {
        try {
            return beans.getBean(name, Executor.class);
        } catch (NoSuchBeanDefinitionException e) {
            throw new SocketIoStartException(
                    "everwire.handler-executor: no bean has the name \"" + name + "\"",
                    "Set it to the name of a bean of type java.util.concurrent.Executor, such as applicationTaskExecutor.",
                    e);
        }
    }
}
