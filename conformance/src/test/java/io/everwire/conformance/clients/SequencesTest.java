package io.everwire.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.LimitOptions;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sequences of calls of official clients ({@code js/sequences.mjs}), with two clients at one time: none of them ends a connection, or
 * keeps a namespace from its answer (A1).
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequencesTest {
    private static final List<String> NAMESPACES = List.of("/fast", "/slow", "/refused", "/dynamic", "/late");

    private static final List<String> ALWAYS =
            List.of("joinLeaveJoin", "joinLeaveJoinBeforeOpen", "leaveWhileJoining", "emitBeforeJoined", "leaveAtOpen");

    /** Client 0.9 does not open again after it was closed before it was open: neither here nor with the original server. */
    private static final List<String> SINCE_1 = List.of("closeWhileOpening");

    private static final List<String> UPGRADES = List.of("rejoinDuringUpgrade", "leaveDuringUpgrade");

    /** The time that slow middleware and lookups take, so that the calls of a client arrive before. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS);

    /** The reasons for which connections ended that no client gives. */
    private final Collection<String> breaches = new ConcurrentLinkedQueue<>();

    private final Agent agent = new Agent();
    private Site site;

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of("4.8.4", List.of("websocket")),
                Arguments.of("4.8.4", List.of("polling")),
                Arguments.of("4.8.4", List.of("polling", "websocket")),
                Arguments.of("2.5.0", List.of("websocket")),
                Arguments.of("2.5.0", List.of("polling")),
                Arguments.of("2.5.0", List.of("polling", "websocket")),
                Arguments.of("0.9.17", List.of("websocket")),
                Arguments.of("0.9.17", List.of("xhr-polling")));
    }

    @BeforeAll
    void start() throws Exception {
        site = new Site(ServerOptions.builder()
                .observer(new ServerObserver() {
                    @Override
                    public void closed(String generation, CloseReason reason) {
                        if (reason == CloseReason.FORCED_SERVER_CLOSE
                                || reason == CloseReason.FORCED_CLOSE
                                || reason == CloseReason.PARSE_ERROR) {
                            breaches.add(generation + ": " + reason);
                        }
                    }

                    @Override
                    public void limitReached(String option) {
                        breaches.add(option);
                    }
                })
                // A client that closes while it opens leaves a session that joins nothing and that nobody uses.
                .connectTimeout(Duration.ofHours(1))
                .limits(LimitOptions.builder().unusedTimeout(Duration.ZERO).build())
                .build());
        echoes(site.server().of("/"));
        echoes(site.server().of("/fast"));
        Namespace slow = site.server().of("/slow");
        slow.useAsync(socket -> CompletableFuture.runAsync(() -> {}, LATER));
        echoes(slow);
        site.server()
                .of("/refused")
                .useAsync(socket -> CompletableFuture.runAsync(
                        () -> {
                            throw new RefusedException("refused");
                        },
                        LATER));
        site.server()
                .of((name, handshake) -> name.equals("/dynamic"))
                .on("echo", String.class, (socket, text) -> socket.emit("echo", text));
        site.server()
                .ofAsync((name, handshake) -> CompletableFuture.supplyAsync(() -> name.equals("/late"), LATER))
                .on("echo", String.class, (socket, text) -> socket.emit("echo", text));
    }

    @AfterAll
    void stop() throws Exception {
        agent.close();
        site.close();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void noSequenceOfCallsEndsTheConnection(String version, List<String> transports) {
        List<String> sequences = new ArrayList<>(ALWAYS);
        if (!version.equals("0.9.17")) {
            sequences.addAll(SINCE_1);
        }
        if (transports.size() > 1) {
            sequences.addAll(UPGRADES);
        }
        for (String sequence : sequences) {
            for (String namespace : NAMESPACES) {
                agent.order(
                        "sequence",
                        version + sequence + namespace,
                        "version",
                        version,
                        "url",
                        site.url(""),
                        "transports",
                        transports,
                        "namespace",
                        namespace,
                        "sequence",
                        sequence);
                assertThat(breaches)
                        .as("%s, %s, %s, %s", version, transports, sequence, namespace)
                        .isEmpty();
            }
        }
    }

    private static void echoes(Namespace namespace) {
        namespace.on("echo", String.class, (socket, text) -> socket.emit("echo", text));
    }
}
