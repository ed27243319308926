package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerObserver;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Several observers of one server. */
class ObserversTest {
    /** A method that is missing here would keep reports from all observers but a single one. */
    @Test
    void everyReportIsPassedOn() {
        assertThat(Arrays.stream(ServerObserver.class.getMethods()).map(ObserversTest::signature))
                .isSubsetOf(Arrays.stream(CompositeObserver.class.getDeclaredMethods())
                        .map(ObserversTest::signature)
                        .toList());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
