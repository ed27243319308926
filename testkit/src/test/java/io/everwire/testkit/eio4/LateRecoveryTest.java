package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Attribute;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.adapter.LocalSocket;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.adapter.RestoredSession;
import io.everwire.adapter.SavedSession;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.testkit.ForwardingAdapter;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that an adapter stores on another server: finding them takes time, and they return as text. */
class LateRecoveryTest {
    private static final Attribute<String> NAME = Attribute.shared("name", String.class);
    private static final Attribute<List<?>> HERE = Attribute.of("here");

    private final List<CompletableFuture<Void>> searches = new ArrayList<>();
    private final List<Socket> joined = new ArrayList<>();
    private boolean complete = true;
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.builder().build())
            .connectTimeout(Duration.ofSeconds(5))
            .adapter((namespace, sockets) -> new Elsewhere(new MemoryAdapter(sockets)))
            .build());

    private final class Elsewhere extends ForwardingAdapter {
        Elsewhere(MemoryAdapter adapter) {
            super(adapter);
        }

        @Override
        public CompletionStage<@Nullable RestoredSession> restoreSession(String pid, String offset) {
            CompletableFuture<Void> search = new CompletableFuture<>();
            searches.add(search);
            return search.thenCompose(found -> super.restoreSession(pid, offset))
                    .thenApply(found -> found == null ? null : new AsText(found, () -> complete));
        }
    }

    /** Returns the session as another server would return it. */
    private record AsText(RestoredSession found, BooleanSupplier complete) implements RestoredSession {
        @Override
        public boolean isComplete() {
            return complete.getAsBoolean();
        }

        @Override
        public SavedSession session() {
            SavedSession kept = found.session();
            Bytes json = kept.data().json();
            return new SavedSession(kept.pid(), kept.id(), kept.rooms(), () -> json, kept.lastOffset(), kept.since());
        }

        @Override
        public void join(LocalSocket socket, Collection<String> rooms, Consumer<? super List<Packet>> first) {
            found.join(socket, rooms, first);
        }

        @Override
        public void abandon() {
            found.abandon();
        }
    }

    LateRecoveryTest() {
        test.server().onConnection(joined::add);
    }

    @Test
    void whatIsSentWhileItIsLookedForIsMissedToo() {
        RecoveringClient client = away();
        test.server().emit("before");
        assertThat(client.back()).isEmpty();
        test.server().emit("meanwhile");
        search().complete(null);

        assertThat(client.read()).hasSize(3).last().isEqualTo(client.joined());
        assertThat(socket().recovered()).isTrue();
    }

    @Test
    void sharedAttributesComeBack() {
        RecoveringClient client = new RecoveringClient(test);
        socket().attributes().set(NAME, "alice");
        socket().attributes().set(HERE, List.of());
        test.server().emit("first");
        client.lose();
        client.back();
        search().complete(null);

        assertThat(socket().attributes().get(NAME)).isEqualTo("alice");
        assertThat(socket().attributes().get(NAME)).isEqualTo("alice");
        assertThat(socket().attributes().get(HERE)).isNull();
    }

    @Test
    void whoGoesAwayAgainMeanwhileMayComeBack() {
        RecoveringClient client = away();
        client.back();
        client.line().close();
        search().complete(null);
        assertThat(joined).hasSize(1);
        client.back();
        search().complete(null);

        assertThat(socket().recovered()).isTrue();
    }

    @Test
    void untilItIsFoundOtherPacketsAreIgnored() {
        RecoveringClient client = away();
        client.back();
        client.line().send("42[\"too early\"]");

        assertThat(client.line().closed()).isFalse();
        search().complete(null);
        assertThat(socket().recovered()).isTrue();
    }

    @Test
    void aSecondConnectDuringTheSearchDoesNotLoseTheSession() {
        RecoveringClient client = away();
        client.back();
        client.line().send("40");
        search().complete(null);

        assertThat(client.line().closed()).isFalse();
        assertThat(joined).hasSize(2);
        assertThat(socket().recovered()).isFalse();
    }

    @Test
    void aSearchThatFailsMakesANewSocket() {
        RecoveringClient client = away();
        String before = Objects.requireNonNull(client.sid());
        client.back();
        search().completeExceptionally(new IllegalStateException("no connection to the store"));

        assertThat(client.read()).hasSize(1);
        assertThat(client.sid()).isNotEqualTo(before);
        assertThat(socket().recovered()).isFalse();
    }

    @Test
    void aSessionWhosePacketsCouldNotBeKeptEndsTheConnection() {
        RecoveringClient client = away();
        client.back();
        complete = false;
        search().complete(null);

        assertThat(client.line().closed()).isTrue();
        assertThat(joined).hasSize(1);
        assertThat(test.server().sockets()).isEmpty();
    }

    @Test
    void aSearchThatNeverEndsIsBoundedByTheConnectTimeout() {
        RecoveringClient client = away();
        client.back();
        test.advance(Duration.ofSeconds(5));

        assertThat(client.line().closed()).isTrue();
    }

    private CompletableFuture<Void> search() {
        return searches.get(searches.size() - 1);
    }

    private RecoveringClient away() {
        RecoveringClient client = new RecoveringClient(test);
        test.server().emit("first");
        client.lose();
        return client;
    }

    private Socket socket() {
        return joined.get(joined.size() - 1);
    }
}
