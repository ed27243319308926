package io.everwire.servlet.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.RawPeer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The samples of the guide. */
@Timeout(120)
class GuideInContainerTest {
    @Test
    @DisplayName("an application registers the filter when it starts")
    void registration() throws Exception {
        try (SocketIoServer server =
                SocketIoServer.create(ServerOptions.builder().noClientFiles().build())) {
            Host host =
                    TestContainer.installed().start(new Application().onStartup(context -> register(context, server)));
            try (RawPeer peer = RawPeer.open(host.address())) {
                peer.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(peer.answer()).contains("\r\n\r\n0{");
            } finally {
                host.close().get(60, TimeUnit.SECONDS);
            }
        }
    }

    // docs: servlet-register
    static void register(ServletContext context, SocketIoServer server) {
        ServletOptions options =
                ServletOptions.builder().closeTimeout(Duration.ofSeconds(3)).build();
        FilterRegistration.Dynamic filter = context.addFilter("socket.io", SocketIoFilter.create(server, options));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/socket.io/*");
    }
    // docs: end
}
