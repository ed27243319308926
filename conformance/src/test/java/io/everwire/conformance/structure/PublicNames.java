package io.everwire.conformance.structure;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the names of the public API that documents mention. */
final class PublicNames {
    private static final List<String> PACKAGES =
            List.of("io.everwire.", "io.everwire.netty.", "io.everwire.adapter.", "io.everwire.json.");

    private PublicNames() {}

    /** Returns whether a type exists, or a member as {@code Type.member}; the type may be nested. */
    static boolean exists(String name) {
        int dot = name.lastIndexOf('.');
        return type(name).isPresent()
                || (dot > 0
                        && type(name.substring(0, dot)).stream()
                                .flatMap(owner -> Stream.of(owner.getMethods()))
                                .anyMatch(method -> method.getName().equals(name.substring(dot + 1))));
    }

    private static Optional<Class<?>> type(String name) {
        for (String prefix : PACKAGES) {
            try {
                Class<?> type = Class.forName(prefix + name.replace(".", "$"));
                return Optional.<Class<?>>of(type).filter(found -> Modifier.isPublic(found.getModifiers()));
            } catch (ClassNotFoundException another) {
                continue;
            }
        }
        return Optional.empty();
    }
}
