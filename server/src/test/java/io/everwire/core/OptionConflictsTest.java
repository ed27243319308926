package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.GenerationOptions;
import io.everwire.ProxyOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.protocol.Generation;
import io.everwire.protocol.generations.Generations;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault A6: an option that can never have an effect is refused when it is built. */
class OptionConflictsTest {
    @Test
    void originsThatNoBrowserSends() {
        refused(all -> all.origins("https://app-*.example.com"), "origins: \"https://app-*.example.com\"");
        refused(all -> all.allowedHosts("https://chat.example.com"), "allowedHosts: \"https://chat.example.com\"");
    }

    @Test
    void heartbeatsOfGenerationsWithoutThem() {
        for (Generation one : Generations.ALL) {
            UnaryOperator<ServerOptions.Builder> interval = all -> all.generations(GenerationOptions.builder()
                    .pingInterval(one.name(), Duration.ofSeconds(1))
                    .build());
            if (one.engine() == null) {
                refused(
                        interval,
                        "pingInterval of " + one.name()
                                + " has no effect: its transports have the times of their heartbeats");
            } else {
                assertThat(interval.apply(ServerOptions.builder()).build()).isNotNull();
            }
        }
    }

    @Test
    void emptyListsThatWouldMeanTheDefault() {
        refused(all -> all.transports(), "transports: no name is given");
        refused(all -> all.parsers(), "parsers: no name is given");
        refused(all -> all.clientFiles(), "clientFiles: no version is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/./a", "/a/..", "/b\u00fccher", "/a\\b", "/a b", "/a?b", "a", "/"})
    void pathsThatNoBrowserSends(String path) {
        assertThatThrownBy(() -> ServerOptions.builder().path(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: ");
    }

    @Test
    void pathsWithDotsInNames() {
        assertThat(ServerOptions.builder()
                        .path("/.well-known/..socket.io/")
                        .build()
                        .path())
                .isEqualTo("/.well-known/..socket.io");
    }

    @Test
    void generationsAndTheirTransports() {
        assertThatThrownBy(() ->
                        GenerationOptions.builder().only("a").without("a", "b").build())
                .hasMessage("generations: none is left of [a] without "
                        + GenerationOptions.without("a", "b").without());
        assertThatThrownBy(() -> GenerationOptions.builder()
                        .without("a")
                        .transports("a", "x")
                        .build())
                .hasMessage("transports of a has no effect: it is not served");
        assertThatThrownBy(() -> GenerationOptions.builder()
                        .only("b")
                        .transports("a", "x")
                        .build())
                .hasMessage("transports of a has no effect: it is not served");
        for (Generation one : Generations.ALL) {
            for (String name : transports()) {
                UnaryOperator<ServerOptions.Builder> only =
                        all -> all.generations(one.name()).transports(name);
                if (one.transports().contains(name)) {
                    only.apply(ServerOptions.builder()).build();
                } else {
                    refused(only, "transports has no effect: [" + name + "] are not of the generations " + one.name());
                }
            }
        }
    }

    @Test
    void timesOfATransportThatHasNone() {
        TransportOptions times =
                TransportOptions.builder().closeTimeout(Duration.ofSeconds(1)).build();
        for (String name : transports()) {
            boolean timed = Generations.ALL.stream()
                    .anyMatch(one -> one.engine() == null && one.transports().contains(name));
            if (timed) {
                ServerOptions.builder().transport(name, times).build();
            } else {
                refused(all -> all.transport(name, times), "transport has no effect: " + name + " has no times");
            }
        }
    }

    @Test
    void recoveryAndInitialPacketsOfGenerationsWithoutThem() {
        for (Generation one : Generations.ALL) {
            UnaryOperator<ServerOptions.Builder> recovery = all -> all.generations(one.name())
                    .connectionStateRecovery(RecoveryOptions.builder().build());
            UnaryOperator<ServerOptions.Builder> packet =
                    all -> all.generations(one.name()).initialPacket("hello");
            if (one.recovers()) {
                recovery.apply(ServerOptions.builder()).build();
            } else {
                refused(recovery, "connectionStateRecovery has no effect: no client of the generations " + one.name());
            }
            if (one.engine() != null) {
                packet.apply(ServerOptions.builder()).build();
            } else {
                refused(packet, "initialPacket has no effect: the generations " + one.name());
            }
        }
        refused(
                all -> all.generations(
                                GenerationOptions.builder().engineOnly(true).build())
                        .connectionStateRecovery(RecoveryOptions.builder().build()),
                "connectionStateRecovery has no effect");
    }

    @Test
    void aHeaderOfProxiesThatAreNotNamed() {
        assertThatThrownBy(() -> ProxyOptions.builder().forwarded(true).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forwarded has no effect: addresses names no proxy");
    }

    private static List<String> transports() {
        return Generations.ALL.stream()
                .flatMap(one -> one.transports().stream())
                .distinct()
                .toList();
    }

    private static void refused(UnaryOperator<ServerOptions.Builder> options, String message) {
        assertThatThrownBy(() -> options.apply(ServerOptions.builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
