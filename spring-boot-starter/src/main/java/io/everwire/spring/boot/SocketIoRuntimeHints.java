package io.everwire.spring.boot;

import io.everwire.HostProvider;
import io.everwire.ServerProvider;
import io.everwire.json.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/** The resources and services of the server, for native images. */
final class SocketIoRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("io/everwire/clientfiles/**");
        for (Class<?> service : new Class<?>[] {ServerProvider.class, HostProvider.class, JsonCodec.class}) {
            hints.resources().registerPattern("META-INF/services/" + service.getName());
            java.util.ServiceLoader.load(service, loader).stream()
                    .forEach(provider -> hints.reflection()
                            .registerType(provider.type(), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
        }
        // HandlerExecutors looks it up: JDK 17 does not have it.
        var virtualThreads =
                ReflectionUtils.findMethod(java.util.concurrent.Executors.class, "newVirtualThreadPerTaskExecutor");
        if (virtualThreads != null) {
            hints.reflection().registerMethod(virtualThreads, ExecutableMode.INVOKE);
        }
    }
}
