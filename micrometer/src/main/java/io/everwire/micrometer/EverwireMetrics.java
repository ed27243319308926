package io.everwire.micrometer;

import io.everwire.CloseReason;
import io.everwire.DropReason;
import io.everwire.HandledEvent;
import io.everwire.Refusal;
import io.everwire.ServerCounters;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a server. It is an observer ({@link ServerOptions.Builder#observer}), and {@link #monitor} adds the gauges:
 *
 * <pre>{@code
 * EverwireMetrics metrics = EverwireMetrics.of(registry);
 * SocketIoServer server = SocketIoServer.create(ServerOptions.builder().observer(metrics).build());
 * metrics.monitor(server);
 * }</pre>
 *
 * <p>No tag has a value that a client chose: an event without a handler counts as {@code other}, a dynamic namespace under its pattern.
 * The page {@code docs/metrics.md} lists the meters. Any thread may use it.
 */
public final class EverwireMetrics implements ServerObserver {
    /** Names of events beyond this number count as {@code other}: an application may register handlers with names of clients. */
    private static final int MAX_EVENTS = 1_000;

    private final MeterRegistry registry;
    private final @Nullable EventObservations observations;
    private final Timer eventWait;
    private final Timer loopLag;
    private final Counter evicted;
    private final Map<String, Timer> heartbeats = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> sockets = new ConcurrentHashMap<>();
    private final Map<EventKey, Timer> events = new ConcurrentHashMap<>();
    private final Map<String, Traffic> received = new ConcurrentHashMap<>();
    private final Map<String, Traffic> sent = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> broadcasts = new ConcurrentHashMap<>();

    private EverwireMetrics(MeterRegistry registry, @Nullable EventObservations observations) {
        this.registry = registry;
        this.observations = observations;
        this.eventWait = Timer.builder("everwire.events.wait")
                .description("Time from the arrival of an event to its handlers")
                .register(registry);
        this.loopLag = Timer.builder("everwire.loop.lag")
                .description("Time that a task of an event loop was late, once a second")
                .register(registry);
        this.evicted = Counter.builder("everwire.evicted")
                .description("Slow clients that were closed to free memory")
                .register(registry);
    }

    /** Returns metrics without observations. */
    public static EverwireMetrics of(MeterRegistry registry) {
        return new EverwireMetrics(registry, null);
    }

    /** Returns metrics that also observe each handled event, as {@code everwire.event}. */
    public static EverwireMetrics of(MeterRegistry registry, ObservationRegistry observations) {
        return of(registry, observations, new DefaultEventObservationConvention());
    }

    /** Returns metrics that also observe each handled event, with other names or tags. */
    public static EverwireMetrics of(
            MeterRegistry registry, ObservationRegistry observations, EventObservationConvention convention) {
        return new EverwireMetrics(registry, new EventObservations(observations, convention));
    }

    /**
     * Adds the gauges of a server: sessions and queued bytes, and the state of its cluster if it has a cluster adapter. Call it once, for
     * the server that has this observer.
     */
    public void monitor(SocketIoServer server) {
        ServerCounters counters = server.counters();
        counters.sessionsByTransport()
                .forEach((generation, transports) -> transports
                        .keySet()
                        .forEach(transport -> Gauge.builder(
                                        "everwire.sessions", counters, now -> now.sessions(generation, transport))
                                .description("Open connections")
                                .tags("generation", generation, "transport", transport)
                                .register(registry)));
        Gauge.builder("everwire.queued", counters, ServerCounters::queuedBytes)
                .description("Bytes queued for slow clients")
                .baseUnit(BaseUnits.BYTES)
                .tags("direction", "out")
                .register(registry);
        Gauge.builder("everwire.queued", counters, ServerCounters::inputBytes)
                .description("Bytes that arrived and are not handled")
                .baseUnit(BaseUnits.BYTES)
                .tags("direction", "in")
                .register(registry);
        ClusterMeters.add(registry, server);
    }

    @Override
    public void opened(String generation) {
        count("everwire.sessions.opened", Tags.of("generation", generation));
    }

    @Override
    public void closed(String generation, CloseReason reason) {
        count("everwire.sessions.closed", Tags.of("generation", generation, "reason", reason.toString()));
    }

    @Override
    public void refused(String generation, Refusal refusal) {
        count("everwire.handshakes.refused", Tags.of("generation", generation, "refusal", lower(refusal)));
    }

    @Override
    public void upgraded(String generation, String transport) {
        count("everwire.upgrades", Tags.of("generation", generation, "transport", transport));
    }

    @Override
    public void heartbeat(String generation, long millis) {
        Timer known = heartbeats.get(generation);
        (known == null ? heartbeats.computeIfAbsent(generation, this::newHeartbeats) : known)
                .record(millis, TimeUnit.MILLISECONDS);
    }

    private Timer newHeartbeats(String generation) {
        return Timer.builder("everwire.heartbeat")
                .description("Time from a ping of the server to the answer of the client")
                .tags("generation", generation)
                .register(registry);
    }

    @Override
    public LongConsumer loopLag() {
        return nanos -> loopLag.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropped(DropReason reason) {
        count("everwire.dropped", Tags.of("cause", lower(reason)));
    }

    @Override
    public void evicted(long queuedBytes) {
        evicted.increment();
    }

    @Override
    public void limitReached(String option) {
        count("everwire.limits.reached", Tags.of("option", option));
    }

    @Override
    public void recovery(boolean recovered) {
        count("everwire.recovery", Tags.of("outcome", recovered ? "recovered" : "lost"));
    }

    @Override
    public void joined(String group) {
        sockets(group).incrementAndGet();
    }

    @Override
    public void left(String group) {
        sockets(group).decrementAndGet();
    }

    private AtomicInteger sockets(String group) {
        AtomicInteger known = sockets.get(group);
        return known == null ? sockets.computeIfAbsent(group, this::newSockets) : known;
    }

    private AtomicInteger newSockets(String group) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("everwire.sockets", count, AtomicInteger::get)
                .description("Connected sockets")
                .tags("namespace", group)
                .strongReference(true)
                .register(registry);
        return count;
    }

    @Override
    public void received(String transport, long bytes) {
        traffic(received, transport, "in").add(bytes);
    }

    @Override
    public void sent(String transport, long bytes) {
        traffic(sent, transport, "out").add(bytes);
    }

    private Traffic traffic(Map<String, Traffic> all, String transport, String direction) {
        Traffic known = all.get(transport);
        return known == null ? all.computeIfAbsent(transport, name -> Traffic.of(registry, direction, name)) : known;
    }

    @Override
    public void broadcast(String group, int receivers) {
        DistributionSummary known = broadcasts.get(group);
        (known == null ? broadcasts.computeIfAbsent(group, this::newBroadcasts) : known).record(receivers);
    }

    private DistributionSummary newBroadcasts(String group) {
        return DistributionSummary.builder("everwire.broadcast.receivers")
                .description("Sockets of this server that a broadcast was passed to")
                .tags("namespace", group)
                .register(registry);
    }

    @Override
    public void called(String group, CallOutcome outcome, long nanos) {
        registry.timer("everwire.calls", "namespace", group, "outcome", lower(outcome))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public @Nullable EventScope handling(HandledEvent event) {
        return observations == null ? null : observations.start(event);
    }

    @Override
    public void handled(HandledEvent event, Outcome outcome, long nanos) {
        eventWait.record(event.waitNanos(), TimeUnit.NANOSECONDS);
        EventKey key = new EventKey(event.group(), event.knownEvent(), outcome);
        Timer known = events.get(key);
        (known == null ? newEvent(key) : known).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer newEvent(EventKey key) {
        EventKey counted =
                events.size() < MAX_EVENTS ? key : new EventKey(key.namespace, HandledEvent.OTHER, key.outcome);
        return events.computeIfAbsent(
                counted,
                missing -> Timer.builder("everwire.events")
                        .description("Handled events")
                        .tags(
                                "namespace",
                                missing.namespace,
                                "event",
                                missing.event,
                                "outcome",
                                missing.outcome == Outcome.SUCCESS ? "ok" : lower(missing.outcome))
                        .register(registry));
    }

    private void count(String name, Tags tags) {
        registry.counter(name, tags).increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private record EventKey(String namespace, String event, Outcome outcome) {}
}
