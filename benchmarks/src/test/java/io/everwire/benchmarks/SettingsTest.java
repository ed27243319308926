package io.everwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everwire.benchmarks.servers.EverwireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    @Test
    void measureEverythingByDefault() {
        Settings settings = Settings.of(List.of());
        assertThat(settings.scenarios()).containsExactlyElementsOf(Scenario.COMPARING);
        assertThat(settings.servers())
                .containsExactly(
                        Peer.FLOOR,
                        Peer.FLOOR_JSON,
                        Peer.EVERWIRE_LOOP,
                        Peer.EVERWIRE,
                        Peer.WEBFLUX,
                        Peer.NETTY_SOCKETIO,
                        Peer.NODE);
        assertThat(settings.idle()).isTrue();
        assertThat(settings.rounds()).isEqualTo(5);
    }

    @Test
    void areSetOneByOne() {
        Settings settings = Settings.of(List.of("--rounds=3", "echo", "--servers=floor,node", "--seconds=0.5", "ack"));
        assertThat(settings.idle()).isFalse();
        assertThat(settings.scenarios()).containsExactly(Scenario.ECHO, Scenario.ACK);
        assertThat(settings.servers()).containsExactly(Peer.FLOOR, Peer.NODE);
        assertThat(settings.rounds()).isEqualTo(3);
        assertThat(settings.seconds()).isEqualTo(0.5);
    }

    @Test
    void idleConnectionsAreAScenarioToo() {
        Settings settings = Settings.of(List.of("idle"));
        assertThat(settings.scenarios()).isEmpty();
        assertThat(settings.idle()).isTrue();
    }

    @Test
    void anEarlierCheckoutAddsItsServer(@TempDir Path checkout) throws IOException {
        build(checkout);
        String before = "--before=" + checkout;

        assertThat(Settings.of(List.of(before)).servers()).containsExactly(currentAnd(Peer.BEFORE));
        assertThat(Settings.of(List.of(before, "--servers=everwire")).servers())
                .containsExactly(Peer.EVERWIRE, Peer.BEFORE);
        assertThat(Settings.of(List.of("--servers=everwire-loop,before-loop", before))
                        .servers())
                .containsExactly(Peer.EVERWIRE_LOOP, Peer.BEFORE_LOOP);
    }

    @Test
    void anEarlierCheckoutRunsOnItsOwnClasses(@TempDir Path checkout) throws IOException {
        build(checkout);
        Settings settings = Settings.of(List.of("--before=" + checkout));
        Path target = checkout.resolve("benchmarks/target");

        assertThat(Peer.BEFORE.command(new Machine("java"), settings.module(), settings.before()))
                .startsWith("java")
                .endsWith(
                        "-cp",
                        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                        EverwireServer.class.getName(),
                        "MAILBOX");
        assertThat(Peer.BEFORE_LOOP.command(new Machine("java"), settings.module(), settings.before()))
                .endsWith("EVENT_LOOP");
        Path hosts = checkout.resolve("host-benchmarks/target");
        assertThat(Peer.BEFORE_TOMCAT.command(new Machine("java"), settings.module(), settings.before()))
                .containsSubsequence("-cp", hosts.resolve("classes") + ":" + hosts.resolve("lib") + "/*", "TOMCAT");
    }

    @Test
    void anEarlierCheckoutMustBeBuilt(@TempDir Path checkout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(List.of("--before=" + checkout)))
                .withMessageContaining("has no folder benchmarks/target/classes");
    }

    @Test
    void anEarlierServerNeedsItsCheckout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(List.of("--servers=everwire,before")))
                .withMessageContaining("--before=FOLDER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ecco", "--rounds", "--rounds=-1", "--rounds=many", "--servers=apache", "--before", "--speed=1"})
    void rejectUnknownArguments(String arg) {
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(List.of(arg)));
    }

    private static Peer[] currentAnd(Peer earlier) {
        EnumSet<Peer> all = EnumSet.copyOf(Peer.current());
        all.add(earlier);
        return all.toArray(Peer[]::new);
    }

    @Test
    void hostsHaveScenariosAndServersOfTheirOwn() {
        Settings settings = Settings.of(List.of("hosts"));

        assertThat(settings.scenarios()).isEqualTo(Scenario.HOSTED);
        assertThat(settings.servers()).isEqualTo(Peer.HOSTED);
        assertThat(Settings.of(List.of("hosts", "--servers=everwire-tomcat")).servers())
                .containsExactly(Peer.TOMCAT);
    }

    private static void build(Path checkout) throws IOException {
        Files.createDirectories(checkout.resolve("benchmarks/target/classes"));
        Files.createDirectories(checkout.resolve("benchmarks/target/lib"));
    }
}
