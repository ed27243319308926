package io.everwire.spring.boot.test;

import io.everwire.EngineMiddleware;
import io.everwire.Middleware;
import io.everwire.RequestFilter;
import io.everwire.spring.FailureTranslator;
import io.everwire.spring.HandlerArgumentResolver;
import io.everwire.spring.HandlerInterceptor;
import io.everwire.spring.SocketIoController;
import io.everwire.spring.SocketIoServerCustomizer;
import io.everwire.spring.boot.ServerOptionsCustomizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Keeps the components out of the context of {@link SocketIoTest} that have nothing to do with Socket.IO. */
final class SocketIoTypeExcludeFilter extends TypeExcludeFilter {
    private static final Set<Class<?>> TYPES = Set.of(
            Middleware.class,
            Middleware.Async.class,
            EngineMiddleware.class,
            EngineMiddleware.Async.class,
            RequestFilter.class,
            RequestFilter.Async.class,
            ServerOptionsCustomizer.class,
            SocketIoServerCustomizer.class,
            HandlerArgumentResolver.class,
            HandlerInterceptor.class,
            FailureTranslator.class);

    private final Class<?> testClass;
    private final Set<String> controllers;

    SocketIoTypeExcludeFilter(Class<?> testClass) {
        this.testClass = testClass;
        Class<?>[] chosen = MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY)
                .get(SocketIoTest.class)
                .getClassArray("controllers");
        this.controllers =
                Arrays.stream(chosen).map(Class::getName).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        if (reader.getAnnotationMetadata().isAnnotated(SocketIoController.class.getName())) {
            return !controllers.isEmpty()
                    && !controllers.contains(reader.getClassMetadata().getClassName());
        }
        for (Class<?> type : TYPES) {
            if (new AssignableTypeFilter(type).match(reader, factory)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SocketIoTypeExcludeFilter filter && filter.testClass == testClass;
    }

    @Override
    public int hashCode() {
        return testClass.hashCode();
    }
}
