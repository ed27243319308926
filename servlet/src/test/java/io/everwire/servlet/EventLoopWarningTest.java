package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventLoopWarningTest {
    @ParameterizedTest
    @EnumSource
    void theFilterWarnsIfHandlersRunOnThreadsOfTheContainer(HandlerMode mode) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        try (SocketIoServer server = SocketIoServer.create(
                ServerOptions.builder().noClientFiles().handlerMode(mode).build())) {
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            SocketIoFilter.create(server);
        } finally {
            System.setErr(before);
        }
        String warning = "handlers run on the threads of the container";
        assertThat(log.toString(StandardCharsets.UTF_8).split(warning, -1))
                .hasSize(mode == HandlerMode.EVENT_LOOP ? 2 : 1);
    }
}
