package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.GenerationOptions;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.engine.EngineOptions;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {
    private static final List<Generation> ALL = List.of(new Named("a"), new Named("b"), new Named("c"));

    @Test
    void allAreServedUnlessChosen() {
        assertThat(names(GenerationOptions.all())).containsExactly("a", "b", "c");
        assertThat(names(ServerOptions.builder().build().generations())).containsExactly("a", "b", "c");
    }

    @Test
    void someAreSwitchedOnOrOff() {
        assertThat(names(ServerOptions.builder().generations("c", "a").build().generations()))
                .containsExactly("a", "c");
        assertThat(names(GenerationOptions.without("b"))).containsExactly("a", "c");
        assertThat(names(GenerationOptions.without(new String[0]))).containsExactly("a", "b", "c");
    }

    @Test
    void aNameThatNoneHasIsRefused() {
        for (GenerationOptions wrong : List.of(
                GenerationOptions.only("x"),
                GenerationOptions.without("x"),
                GenerationOptions.builder().transports("x", "polling").build(),
                GenerationOptions.builder()
                        .pingInterval("x", Duration.ofSeconds(1))
                        .build(),
                GenerationOptions.builder()
                        .pingTimeout("x", Duration.ofSeconds(1))
                        .build())) {
            assertThatThrownBy(() -> EngineConfiguration.generations(wrong, ALL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("generations: there is no \"x\" among [a, b, c]");
        }
        assertThatThrownBy(() -> SocketIoServer.create(
                        ServerOptions.builder().generations("x").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("generations: there is no \"x\" among [");
    }

    @Test
    void aTransportThatTheGenerationDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> EngineConfiguration.generations(
                        GenerationOptions.builder()
                                .transports("b", "websocket", "flashsocket")
                                .build(),
                        ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transports of b: there is no \"flashsocket\" among [polling, websocket]");
    }

    @Test
    void oneAtLeastIsServed() {
        assertThatThrownBy(() -> GenerationOptions.only(new String[0])).hasMessage("generations: no name is given");
        assertThatThrownBy(() -> EngineConfiguration.generations(GenerationOptions.without("a", "b", "c"), ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generations: none is left of [a, b, c]");
        assertThatThrownBy(() -> EngineConfiguration.generations(
                        GenerationOptions.builder().engineOnly(true).build(), ALL))
                .hasMessage("generations: none is left of [a, b, c]");
    }

    @Test
    void oneGenerationMayHaveTransportsOfItsOwn() {
        ServerOptions options = ServerOptions.builder()
                .transports("polling", "websocket")
                .generations(
                        GenerationOptions.builder().transports("a", "websocket").build())
                .build();

        assertThat(EngineConfiguration.engine(options, ALL).session(ALL.get(0)).serves("polling"))
                .isFalse();
        assertThat(EngineConfiguration.engine(options, ALL).session(ALL.get(0)).serves("websocket"))
                .isTrue();
        assertThat(EngineConfiguration.engine(options, ALL).session(ALL.get(1)).serves("polling"))
                .isTrue();
        assertThat(EngineConfiguration.engine(options, ALL).session(ALL.get(1)).serves("other"))
                .isFalse();
    }

    @Test
    void oneGenerationMayHaveHeartbeatsOfItsOwn() {
        ServerOptions options = ServerOptions.builder()
                .pingTimeout(Duration.ofSeconds(9))
                .generations(GenerationOptions.builder()
                        .transports("b", "websocket")
                        .pingInterval("a", Duration.ofSeconds(2))
                        .pingTimeout("b", Duration.ofSeconds(3))
                        .build())
                .build();

        EngineOptions engine = EngineConfiguration.engine(options, ALL);
        SessionOptions common = engine.session(ALL.get(2));
        assertThat(common.pingInterval()).isEqualTo(25_000);
        assertThat(common.pingTimeout()).isEqualTo(9_000);
        assertThat(engine.session(ALL.get(0))).isEqualTo(common.withHeartbeat(2_000, 9_000));
        assertThat(engine.session(ALL.get(1)))
                .isEqualTo(common.withTransports(Set.of("websocket")).withHeartbeat(25_000, 3_000));
    }

    @Test
    void heartbeatsOutOfRangeAndOfGenerationsThatAreNotServed() {
        assertThatThrownBy(() -> GenerationOptions.builder().pingInterval("a", Duration.ZERO))
                .hasMessage("pingInterval of a: PT0S is not between 1 ms and 1 day");
        assertThatThrownBy(() -> GenerationOptions.builder().pingTimeout("a", Duration.ofDays(2)))
                .hasMessage("pingTimeout of a: PT48H is not between 1 ms and 1 day");
        assertThatThrownBy(() -> GenerationOptions.builder()
                        .only("b")
                        .pingInterval("a", Duration.ofSeconds(1))
                        .build())
                .hasMessage("pingInterval of a has no effect: it is not served");
    }

    private static List<String> names(GenerationOptions options) {
        return EngineConfiguration.generations(options, ALL).stream()
                .map(Generation::name)
                .toList();
    }

    private record Named(String name) implements Generation {
        @Override
        public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
            return null;
        }

        @Override
        public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {}

        @Override
        public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean acks() {
            return false;
        }

        @Override
        public Set<String> transports() {
            return Set.of("websocket", "polling");
        }

        @Override
        public Encoded encode(Packet packet) {
            return Encoded.NOTHING;
        }
    }
}
