package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.HandlerMode;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.adapter.Adapter;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.engine.EngineOptions;
import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {
    private static final Duration DAY = Duration.ofDays(1);

    record Count(String name, BiFunction<ServerOptions.Builder, Integer, ServerOptions.Builder> set, int min, int max) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Time(String name, BiFunction<ServerOptions.Builder, Duration, ServerOptions.Builder> set) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Count> counts() {
        return List.of(
                new Count("maxHttpBufferSize", ServerOptions.Builder::maxHttpBufferSize, 1, 1 << 30),
                new Count("maxQueuedBytes", ServerOptions.Builder::maxQueuedBytes, 1, 1 << 30),
                new Count("maxPendingInput", ServerOptions.Builder::maxPendingInput, 1, 1 << 30),
                new Count("maxAttachments", ServerOptions.Builder::maxAttachments, 0, 10_000),
                new Count("maxJsonDepth", ServerOptions.Builder::maxJsonDepth, 1, 1_000),
                new Count("maxSessions", ServerOptions.Builder::maxSessions, 1, Integer.MAX_VALUE),
                new Count("maxNamespaces", ServerOptions.Builder::maxNamespaces, 1, 10_000));
    }

    static List<Time> times() {
        return List.of(
                new Time("pingInterval", ServerOptions.Builder::pingInterval),
                new Time("pingTimeout", ServerOptions.Builder::pingTimeout),
                new Time("upgradeTimeout", ServerOptions.Builder::upgradeTimeout),
                new Time("connectTimeout", ServerOptions.Builder::connectTimeout),
                new Time("ackTimeout", ServerOptions.Builder::ackTimeout));
    }

    static List<Time> transportTimes() {
        return List.of(
                new Time(
                        "heartbeatInterval",
                        (all, time) -> all.transport(
                                "websocket",
                                TransportOptions.builder()
                                        .heartbeatInterval(time)
                                        .build())),
                new Time(
                        "heartbeatTimeout",
                        (all, time) -> all.transport(
                                "websocket",
                                TransportOptions.builder()
                                        .heartbeatTimeout(time)
                                        .build())),
                new Time(
                        "pollDuration",
                        (all, time) -> all.transport(
                                "websocket",
                                TransportOptions.builder().pollDuration(time).build())));
    }

    @Test
    void whatAnyPageCouldReadIsServedOnlyToThoseWhoAskForIt() {
        Generation withholding = (Generation) Proxy.newProxyInstance(
                Generation.class.getClassLoader(),
                new Class<?>[] {Generation.class},
                (proxy, method, arguments) -> method.getName().equals("withheld") ? Set.of("websocket") : null);
        List<Generation> generations = List.of(withholding);
        ServerOptions.Builder options = ServerOptions.builder();

        assertThat(engine(options.build(), generations).session().serves("websocket"))
                .isFalse();
        assertThat(engine(options.build(), generations).session().serves("other"))
                .isTrue();
        assertThat(engine(options.scriptTransports(true).build(), generations)
                        .session()
                        .serves("websocket"))
                .isTrue();
        assertThat(engine(
                                options.scriptTransports(false)
                                        .transports("websocket")
                                        .build(),
                                generations)
                        .session()
                        .serves("websocket"))
                .isTrue();
    }

    @Test
    void theDefaultsAreThoseOfTheNodeServer() {
        ServerOptions options = ServerOptions.builder().build();
        SessionOptions session = engine(options, List.of()).session();

        assertThat(options.path()).isEqualTo("/socket.io");
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(options.handlerMode()).isEqualTo(HandlerMode.MAILBOX);
        assertThat(session).isEqualTo(SessionOptions.DEFAULTS);
        assertThat(session.maxPayload()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void aCountIsKeptInItsRange(Count option) {
        for (int good : List.of(option.min, option.max)) {
            assertThat(option.set.apply(ServerOptions.builder(), good).build()).isNotNull();
        }
        assertRefused(option, option.min - 1);
        assertRefused(option, Integer.MIN_VALUE);
        if (option.max < Integer.MAX_VALUE) {
            assertRefused(option, option.max + 1);
        }
    }

    private static void assertRefused(Count option, int value) {
        assertThatThrownBy(() -> option.set.apply(ServerOptions.builder(), value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(option.name + ": " + value + " is not between " + option.min + " and " + option.max);
    }

    @ParameterizedTest
    @MethodSource({"times", "transportTimes"})
    void aTimeIsBetweenAMillisecondAndADay(Time option) {
        for (Duration good : List.of(Duration.ofMillis(1), DAY)) {
            assertThat(option.set.apply(ServerOptions.builder(), good).build()).isNotNull();
        }
        for (Duration bad :
                List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofMillis(-1), DAY.plusNanos(1))) {
            assertThatThrownBy(
                            () -> option.set.apply(ServerOptions.builder(), bad).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(option.name + ": " + bad + " is not between 1 ms and 1 day");
        }
    }

    @Test
    void aCloseTimeoutMayBeZero() {
        assertThat(transport(Duration.ZERO)).isEqualTo(OptionalLong.of(0));
        assertThat(transport(DAY)).isEqualTo(OptionalLong.of(DAY.toMillis()));
        assertThatThrownBy(() -> transport(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closeTimeout: PT-0.001S is not between");
    }

    private static EngineOptions engine(ServerOptions options, List<Generation> generations) {
        return EngineConfiguration.engine(options, generations);
    }

    private static OptionalLong transport(Duration closeTimeout) {
        return engine(
                        ServerOptions.builder()
                                .transport(
                                        "websocket",
                                        TransportOptions.builder()
                                                .closeTimeout(closeTimeout)
                                                .build())
                                .build(),
                        List.of())
                .session()
                .transport("websocket")
                .closeTimeout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "socket.io", "/a//b", "/a b", "/a?b", "/a#b", "//", "/a\n"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> ServerOptions.builder().path(path).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: ");
    }

    @Test
    void aSlashAtTheEndOfThePathIsDropped() {
        assertThat(ServerOptions.builder().path("/chat/io/").build().path()).isEqualTo("/chat/io");
    }

    @Test
    void anOriginThatCanNeverMatchIsRefused() {
        assertThatThrownBy(() ->
                        ServerOptions.builder().origins("*", "example.com").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"example.com\"");
    }

    /** A misspelt transport would be served to no client. */
    @Test
    void aTransportThatNoGenerationHasIsRefusedWithThoseThereAre() {
        for (ServerOptions.Builder misspelt : List.of(
                ServerOptions.builder().transports("polling", "Websocket"),
                ServerOptions.builder()
                        .transport(
                                "Websocket",
                                TransportOptions.builder().closeTimeout(DAY).build()))) {
            assertThatThrownBy(misspelt::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("transports?: there is no \"Websocket\" among \\[.*\\bwebsocket\\b.*]");
        }
    }

    @Test
    void aParserThatNoGenerationHasIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> ServerOptions.builder().parsers("protobuf").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("parsers: there is no \"protobuf\" among [");
    }

    @Test
    void aTransportNamedTwiceIsNamedOnce() {
        SessionOptions session = engine(
                        ServerOptions.builder().transports("polling", "polling").build(), List.of())
                .session();

        assertThat(session.transports()).containsExactly("polling");
        assertThat(session.serves("polling")).isTrue();
        assertThat(session.serves("websocket")).isFalse();
    }

    @Test
    void everyOptionReachesTheEngineAndSurvivesToBuilder() {
        Adapter.Factory adapter = (namespace, sockets) -> new MemoryAdapter(sockets);
        Executor executor = Runnable::run;
        ServerOptions options = ServerOptions.builder()
                .path("/p")
                .transports("websocket")
                .allowUpgrades(false)
                .pingInterval(Duration.ofMillis(1))
                .pingTimeout(Duration.ofMillis(2))
                .upgradeTimeout(Duration.ofMillis(3))
                .connectTimeout(Duration.ofMillis(4))
                .ackTimeout(Duration.ofMillis(5))
                .maxHttpBufferSize(6)
                .maxQueuedBytes(7)
                .maxPendingInput(8)
                .maxAttachments(9)
                .maxJsonDepth(10)
                .maxSessions(11)
                .maxNamespaces(12)
                .clientFiles("0.6.3")
                .transport(
                        "websocket",
                        TransportOptions.builder()
                                .closeTimeout(Duration.ofMillis(13))
                                .build())
                .transport(
                        "xhr-polling",
                        TransportOptions.builder()
                                .pollDuration(Duration.ofMillis(14))
                                .build())
                .handlerExecutor(executor)
                .adapter(adapter)
                .build();

        for (ServerOptions each : List.of(options, options.toBuilder().build())) {
            EngineOptions engine = engine(each, List.of());
            assertThat(engine.session().toString())
                    .contains("websocket", "upgrades=false", "maxPayload=6", "maxQueued=7", "maxAttachments=9")
                    .contains("maxDepth=10", "pingInterval=1", "pingTimeout=2", "upgradeTimeout=3");
            assertThat(engine.session().perTransport().keySet())
                    .isEqualTo(Map.of("websocket", 1, "xhr-polling", 2).keySet());
            assertThat(List.of(
                            engine.path(),
                            engine.maxSessions(),
                            engine.clientFiles().get(0)))
                    .containsExactly("/p", 11, "0.6.3");
            assertThat(each.connectTimeout()).isEqualTo(Duration.ofMillis(4));
            assertThat(each.ackTimeout()).isEqualTo(Duration.ofMillis(5));
            assertThat(List.of(each.maxHttpBufferSize(), each.maxPendingInput(), each.maxNamespaces()))
                    .containsExactly(6, 8, 12);
            assertThat(each.handlerMode()).isEqualTo(HandlerMode.MAILBOX);
            assertThat(each.handlerExecutor()).isSameAs(executor);
            assertThat(each.adapter()).isSameAs(adapter);
        }
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() {
        ServerOptions.Builder builder = ServerOptions.builder().maxNamespaces(1);
        ServerOptions first = builder.build();

        builder.maxNamespaces(2)
                .transport(
                        "websocket",
                        TransportOptions.builder().closeTimeout(Duration.ZERO).build());
        first.toBuilder().maxNamespaces(3);

        assertThat(first.maxNamespaces()).isOne();
        assertThat(engine(first, List.of()).session().perTransport()).isEmpty();
    }

    @Test
    void clientFilesCanBeSwitchedOff() {
        assertThat(engine(ServerOptions.builder().noClientFiles().build(), List.of())
                        .clientFiles())
                .isEmpty();
        assertThatThrownBy(() -> ServerOptions.builder().clientFiles())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientFiles: no version is given");
    }
}
