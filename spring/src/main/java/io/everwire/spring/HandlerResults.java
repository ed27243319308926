package io.everwire.spring;

import io.everwire.Ack;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Turns the values that one handler returns into results of the server. */
final class HandlerResults {
    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", HandlerResults.class.getClassLoader());

    private final boolean isVoid;

    /** True if the value of a stage is not for the client: {@code CompletionStage<Void>}, {@code Mono<Void>}. */
    private final boolean isVoidLater;

    private final @Nullable ReactiveAdapter adapter;

    private HandlerResults(boolean isVoid, boolean isVoidLater, @Nullable ReactiveAdapter adapter) {
        this.isVoid = isVoid;
        this.isVoidLater = isVoidLater;
        this.adapter = adapter;
    }

    /** @throws IllegalStateException if the server cannot send the returned type as an ack */
    static HandlerResults of(Method method, Class<?> beanType, HandlerKind kind) {
        Class<?> type = method.getReturnType();
        if (type == void.class) {
            return new HandlerResults(true, false, null);
        }
        if (!kind.hasArguments()) {
            throw new IllegalStateException("it returns " + type.getName() + ", but a method with @" + kind.annotation()
                    + " has no ack: let it return void");
        }
        ResolvableType value = ResolvableType.forMethodParameter(
                        new MethodParameter(method, -1).withContainingClass(beanType))
                .getGeneric(0);
        boolean isVoidLater = value.resolve() == Void.class;
        if (CompletionStage.class.isAssignableFrom(type)) {
            return new HandlerResults(false, isVoidLater, null);
        }
        ReactiveAdapter adapter =
                REACTOR ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) : null;
        if (adapter != null && adapter.isMultiValue()) {
            throw new IllegalStateException("it returns " + type.getName()
                    + ", but an ack is sent once: return one value, such as Mono<List<T>>");
        }
        return new HandlerResults(false, isVoidLater, adapter);
    }

    /** Returns the result for the server. The failure of a stage is translated. */
    @Nullable
    Object result(@Nullable Object returned, UnaryOperator<Throwable> translation) {
        if (isVoid) {
            return Ack.none();
        }
        Object value = adapter == null || returned == null ? returned : ReactorResults.stage(adapter, returned);
        return value instanceof CompletionStage<?> stage ? later(stage, translation) : value;
    }

    private CompletionStage<@Nullable Object> later(CompletionStage<?> stage, UnaryOperator<Throwable> translation) {
        return stage.handle((value, failure) -> {
            if (failure == null) {
                return isVoidLater ? Ack.of() : value;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            throw new CompletionException(translation.apply(cause == null ? failure : cause));
        });
    }
}
