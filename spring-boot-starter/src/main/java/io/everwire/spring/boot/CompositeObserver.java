package io.everwire.spring.boot;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.HandledEvent;
import io.everwire.Refusal;
import io.everwire.ServerObserver;
import io.everwire.adapter.ClusterState;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Passes all reports of a server to several observers. */
final class CompositeObserver implements ServerObserver {
    private final List<ServerObserver> observers;

    CompositeObserver(List<ServerObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    @Override
    public void opened(String generation) {
        observers.forEach(observer -> observer.opened(generation));
    }

    @Override
    public void closed(String generation, CloseReason reason) {
        observers.forEach(observer -> observer.closed(generation, reason));
    }

    @Override
    public void refused(String generation, Refusal refusal) {
        observers.forEach(observer -> observer.refused(generation, refusal));
    }

    @Override
    public void dropped(DropReason reason) {
        observers.forEach(observer -> observer.dropped(reason));
    }

    @Override
    public void evicted(long queuedBytes) {
        observers.forEach(observer -> observer.evicted(queuedBytes));
    }

    @Override
    public void queued(long delta) {
        observers.forEach(observer -> observer.queued(delta));
    }

    @Override
    public void limitReached(String option) {
        observers.forEach(observer -> observer.limitReached(option));
    }

    @Override
    public void handled(String namespace, String event, Outcome outcome, long nanos) {
        observers.forEach(observer -> observer.handled(namespace, event, outcome, nanos));
    }

    @Override
    public void clusterChanged(ClusterState state) {
        observers.forEach(observer -> observer.clusterChanged(state));
    }

    @Override
    public void handled(HandledEvent event, Outcome outcome, long nanos) {
        observers.forEach(observer -> observer.handled(event, outcome, nanos));
    }

    @Override
    public @Nullable EventScope handling(HandledEvent event) {
        List<EventScope> scopes = observers.stream()
                .map(observer -> observer.handling(event))
                .filter(Objects::nonNull)
                .toList();
        return scopes.isEmpty() ? null : new Scopes(scopes);
    }

    /** The scopes of one event. They end in the reverse order of their beginning. */
    private record Scopes(List<EventScope> scopes) implements EventScope {
        @Override
        public void close() {
            for (int i = scopes.size() - 1; i >= 0; i--) {
                scopes.get(i).close();
            }
        }

        @Override
        public void ended(Outcome outcome) {
            for (int i = scopes.size() - 1; i >= 0; i--) {
                scopes.get(i).ended(outcome);
            }
        }
    }

    @Override
    public void received(String transport, long bytes) {
        observers.forEach(observer -> observer.received(transport, bytes));
    }

    @Override
    public void sent(String transport, long bytes) {
        observers.forEach(observer -> observer.sent(transport, bytes));
    }

    @Override
    public void heartbeat(String generation, long millis) {
        observers.forEach(observer -> observer.heartbeat(generation, millis));
    }

    @Override
    public @Nullable LongConsumer loopLag() {
        List<LongConsumer> receivers = observers.stream()
                .map(ServerObserver::loopLag)
                .filter(Objects::nonNull)
                .toList();
        return receivers.isEmpty() ? null : nanos -> receivers.forEach(receiver -> receiver.accept(nanos));
    }

    @Override
    public void upgraded(String generation, String transport) {
        observers.forEach(observer -> observer.upgraded(generation, transport));
    }

    @Override
    public void joined(String group) {
        observers.forEach(observer -> observer.joined(group));
    }

    @Override
    public void left(String group) {
        observers.forEach(observer -> observer.left(group));
    }

    @Override
    public void recovery(boolean recovered) {
        observers.forEach(observer -> observer.recovery(recovered));
    }

    @Override
    public void broadcast(String group, int receivers) {
        observers.forEach(observer -> observer.broadcast(group, receivers));
    }

    @Override
    public void called(String group, CallOutcome outcome, long nanos) {
        observers.forEach(observer -> observer.called(group, outcome, nanos));
    }
}
