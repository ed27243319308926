package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.wire.RecordedHead;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** A server without the artifact {@code everwire-client-files}. */
class MissingClientFilesTest {
    private final PackedClients none = new PackedClients(new URLClassLoader(new URL[0], null));
    private final List<String> lines = new ArrayList<>();
    private final Logger logger = (Logger)
            Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, of, values) -> {
                if (of.getName().startsWith("is")) {
                    return true;
                }
                lines.add(of.getName() + " " + values[0]);
                return null;
            });

    private ClientFiles files(String... versions) {
        return new ClientFiles(List.of(versions), none, new RateLimitedLog(logger, () -> 0));
    }

    @Test
    void theDefaultServesNothingAndTheLogSaysHowToAddTheFiles() {
        ClientFiles files = files("4.8.4");

        assertThat(files.find(RecordedHead.get("/"), "/4.8.4/socket.io.min.js")).isNull();
        assertThat(lines).isEmpty();
        assertThat(files.find(RecordedHead.get("/"), "/socket.io.js?v=1")).isNull();
        assertThat(lines)
                .containsExactly("warn a page requests socket.io.js, but the client files are missing: add the"
                        + " dependency io.everwire:everwire-client-files, in the version of everwire-server (a module"
                        + " also needs \"requires io.everwire.clientfiles\"), or set noClientFiles()");
    }

    @Test
    void aChosenVersionIsAnErrorThatSaysHowToAddTheFiles() {
        assertThatThrownBy(() -> files("4.8.4", "2.5.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("clientFiles: the files of [4.8.4, 2.5.0] are missing: add the dependency"
                        + " io.everwire:everwire-client-files,");
    }

    @Test
    void nothingIsMissingIfNoFilesAreWanted() {
        assertThat(files().find(RecordedHead.get("/"), "/socket.io.js")).isNull();
        assertThat(lines).isEmpty();
    }

    /** Options are values, and are built before the class path matters. */
    @Test
    void versionsCannotBeCheckedWithoutTheirIndex() {
        assertThatCode(() -> none.check(List.of("2.5.0"))).doesNotThrowAnyException();
    }
}
