package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Host;
import io.everwire.ServerOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PortLogTest {
    private static final List<String> NAMES = List.of("new", "old");

    private record Port(InetSocketAddress address, String description) implements Host {
        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void theLineHasAddressHostPathGenerationsAndOrigins() {
        assertThat(line(ServerOptions.builder().build(), "0.0.0.0"))
                .isEqualTo("Socket.IO port 0.0.0.0:8080 is open: a host, path /socket.io, generations new old,"
                        + " pages of its own origin only");
    }

    @Test
    void listedOriginsAndFiltersAreShown() {
        ServerOptions options = ServerOptions.builder()
                .path("/chat")
                .origins("https://a.example", "https://*.b.example")
                .originFilter(origin -> false)
                .build();
        assertThat(line(options, "::1"))
                .isEqualTo("Socket.IO port [0:0:0:0:0:0:0:1]:8080 is open: a host, path /chat, generations new old,"
                        + " pages of its own origin and https://a.example https://*.b.example,"
                        + " and as the originFilter decides");
    }

    @Test
    void theLineOfAHostWithoutAPortHasTheSameSettings() {
        assertThat(new PortLog(ServerOptions.builder().build(), NAMES).line("a filter"))
                .isEqualTo("Socket.IO is served by a filter, path /socket.io, generations new old,"
                        + " pages of its own origin only");
    }

    private static String line(ServerOptions options, String address) {
        return new PortLog(options, NAMES).line(new Port(new InetSocketAddress(address, 8080), "a host"));
    }
}
