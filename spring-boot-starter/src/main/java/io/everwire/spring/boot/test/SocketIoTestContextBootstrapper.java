package io.everwire.spring.boot.test;

import java.util.Arrays;
import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Creates the context of {@link SocketIoTest}. */
final class SocketIoTestContextBootstrapper extends TestSliceTestContextBootstrapper<SocketIoTest> {
    SocketIoTestContextBootstrapper() {}

    /** Adds that no host serves the server. */
    @Override
    protected String[] getProperties(Class<?> testClass) {
        String[] chosen = super.getProperties(testClass);
        String[] all = chosen == null ? new String[1] : Arrays.copyOf(chosen, chosen.length + 1);
        all[all.length - 1] = "everwire.host=none";
        return all;
    }
}
