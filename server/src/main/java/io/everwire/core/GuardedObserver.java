package io.everwire.core;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.HandledEvent;
import io.everwire.Refusal;
import io.everwire.ServerObserver;
import io.everwire.adapter.ClusterState;
import io.everwire.core.dispatch.Registrations;
import io.everwire.engine.DropCause;
import io.everwire.engine.EngineObserver;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Passes what the engine and the handlers report to the observer of the application, and logs its exceptions. */
final class GuardedObserver implements ServerObserver, EngineObserver {
    private final ServerObserver observer;

    private GuardedObserver(ServerObserver observer) {
        this.observer = observer;
    }

    /** Returns a guarded observer, or null for null. */
    static @Nullable GuardedObserver of(@Nullable ServerObserver observer) {
        return observer == null ? null : new GuardedObserver(observer);
    }

    @Override
    public void opened(String generation) {
        Registrations.guarded(() -> observer.opened(generation));
    }

    @Override
    public void closed(String generation, CloseReason reason) {
        Registrations.guarded(() -> observer.closed(generation, reason));
    }

    @Override
    public void closed(String generation, io.everwire.protocol.CloseReason reason) {
        closed(generation, Reasons.of(reason));
    }

    @Override
    public void refused(String generation, Refusal refusal) {
        Registrations.guarded(() -> observer.refused(generation, refusal));
    }

    @Override
    public void refused(String generation, io.everwire.protocol.Refusal refusal) {
        refused(generation, Refusal.valueOf(refusal.name()));
    }

    @Override
    public void dropped(DropReason reason) {
        Registrations.guarded(() -> observer.dropped(reason));
    }

    @Override
    public void dropped(DropCause cause) {
        dropped(Reasons.of(cause));
    }

    @Override
    public void evicted(long queuedBytes) {
        Registrations.guarded(() -> observer.evicted(queuedBytes));
    }

    @Override
    public void queued(long delta) {
        Registrations.guarded(() -> observer.queued(delta));
    }

    @Override
    public void limitReached(String option) {
        Registrations.guarded(() -> observer.limitReached(option));
    }

    @Override
    public void handled(String namespace, String event, Outcome outcome, long nanos) {
        Registrations.guarded(() -> observer.handled(namespace, event, outcome, nanos));
    }

    @Override
    public void clusterChanged(ClusterState state) {
        Registrations.guarded(() -> observer.clusterChanged(state));
    }

    @Override
    public void handled(HandledEvent event, Outcome outcome, long nanos) {
        Registrations.guarded(() -> observer.handled(event, outcome, nanos));
    }

    @Override
    public @Nullable EventScope handling(HandledEvent event) {
        @Nullable EventScope[] scope = {null};
        Registrations.guarded(() -> scope[0] = observer.handling(event));
        return scope[0] == null ? null : new GuardedScope(scope[0]);
    }

    @Override
    public void received(String transport, long bytes) {
        Registrations.guarded(() -> observer.received(transport, bytes));
    }

    @Override
    public void sent(String transport, long bytes) {
        Registrations.guarded(() -> observer.sent(transport, bytes));
    }

    @Override
    public void heartbeat(String generation, long millis) {
        Registrations.guarded(() -> observer.heartbeat(generation, millis));
    }

    @Override
    public @Nullable LongConsumer loopLag() {
        @Nullable LongConsumer[] receiver = {null};
        Registrations.guarded(() -> receiver[0] = observer.loopLag());
        LongConsumer known = receiver[0];
        return known == null ? null : nanos -> Registrations.guarded(() -> known.accept(nanos));
    }

    @Override
    public void upgraded(String generation, String transport) {
        Registrations.guarded(() -> observer.upgraded(generation, transport));
    }

    @Override
    public void joined(String group) {
        Registrations.guarded(() -> observer.joined(group));
    }

    @Override
    public void left(String group) {
        Registrations.guarded(() -> observer.left(group));
    }

    @Override
    public void recovery(boolean recovered) {
        Registrations.guarded(() -> observer.recovery(recovered));
    }

    @Override
    public void broadcast(String group, int receivers) {
        Registrations.guarded(() -> observer.broadcast(group, receivers));
    }

    @Override
    public void called(String group, CallOutcome outcome, long nanos) {
        Registrations.guarded(() -> observer.called(group, outcome, nanos));
    }

    private record GuardedScope(EventScope scope) implements EventScope {
        @Override
        public void close() {
            Registrations.guarded(scope::close);
        }

        @Override
        public void ended(Outcome outcome) {
            Registrations.guarded(() -> scope.ended(outcome));
        }
    }
}
