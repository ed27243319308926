package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door between hosts and sessions: every request of a host comes through {@link #serve}. Holds the table of sessions.
 * Any thread may call it.
 */
public final class Engine {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final EngineOptions options;
    private final List<Generation> generations;
    private final EngineSessionListener.Factory clients;
    private final LongSupplier clock;
    private final Cors cors;
    private final ClientFiles files;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final @Nullable Doorkeeper doorkeeper;
    private final Hooks hooks;
    private final OutputBudget budget;
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean closing;

    /**
     * @param generations the rooms, in the order asked
     * @param clients told of each session that starts
     * @param clock milliseconds that only move forward
     */
    public Engine(
            EngineOptions options,
            List<Generation> generations,
            EngineSessionListener.Factory clients,
            LongSupplier clock) {
        this(options, generations, clients, clock, null, Hooks.NONE);
    }

    /**
     * @param doorkeeper asked before a session is opened, or null to open all
     * @param hooks the application's
     */
    public Engine(
            EngineOptions options,
            List<Generation> generations,
            EngineSessionListener.Factory clients,
            LongSupplier clock,
            @Nullable Doorkeeper doorkeeper,
            Hooks hooks) {
        this.doorkeeper = doorkeeper;
        this.hooks = hooks;
        this.budget = new OutputBudget(options.maxQueuedTotal());
        this.options = options;
        this.generations = List.copyOf(generations);
        this.clients = clients;
        this.clock = clock;
        this.cors = new Cors(options.origins());
        this.files = new ClientFiles(options.clientFiles());
    }

    /** The options. */
    public EngineOptions options() {
        return options;
    }

    /** Whether the calling thread is one that sessions run on: it must not wait for them. */
    public boolean inLoop() {
        return sessions.values().stream().anyMatch(slot -> slot.loop().inLoop());
    }

    /** How many sessions there are. */
    public int size() {
        return sessions.size();
    }

    /**
     * Takes a request that is the server's: it is answered now or later.
     *
     * @return false if it is not the server's; then nothing was done and it is the application's
     */
    public boolean serve(HostExchange exchange) {
        RequestHead head = exchange.head();
        String rest = rest(head.target());
        if (rest == null) {
            return false;
        }
        Response file = files.find(head, rest);
        if (file != null) {
            cors.admit(exchange);
            exchange.reply(file);
            return true;
        }
        for (Generation generation : generations) {
            Claim claim = generation.claim(head, rest, options.session(generation));
            if (claim != null) {
                if (Cors.isPreflight(head)) {
                    cors.admit(exchange);
                    exchange.reply(new Response(204, List.of(), Bytes.EMPTY));
                } else {
                    arrive(exchange, generation, claim);
                }
                return true;
            }
        }
        return false;
    }

    /** A whole answer as the client takes it: compressed, if it is worth it. Called by hosts before they send it. */
    public Response coded(RequestHead head, Response response) {
        return ContentCoding.apply(head, response, options.compression().httpThreshold());
    }

    /**
     * Refuses new sessions from now on and ends those that exist: at once those for which nothing waits, the others when it is on
     * its way ({@link EngineSessionListener#drained}), or with {@link #closeNow}.
     *
     * @return done when the last one is over
     */
    public CompletableFuture<Void> close() {
        closing = true;
        // Twice, so that what was sent before is counted: how much waits is known at the end of a turn.
        sessions.values().forEach(slot -> slot.execute(() -> slot.execute(() -> closeIfDrained(slot))));
        checkEmptied();
        return emptied;
    }

    /** Ends the sessions that are left, in the way the Node server does when it is closed. */
    public void closeNow() {
        sessions.values().forEach(slot -> slot.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Whether it was closed. */
    public boolean closing() {
        return closing;
    }

    private static void closeIfDrained(EngineSession slot) {
        // Once: told again, sessions wait for nothing any more.
        if (slot.waiting() == 0 && !slot.ending()) {
            slot.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** Writes {@code packet} once for each generation among {@code receivers} and hands it to them. Any thread. */
    public static void broadcast(
            Packet packet, Collection<EngineSession> receivers, Delivery delivery, boolean compress) {
        new Fanout(packet, delivery, compress).send(receivers);
    }

    /**
     * As {@link #broadcast}, in two steps: when this returns, the packet has its place in the order of what each receiver is
     * sent, and nothing else was done.
     *
     * @return to be run, so that they take it
     */
    public static Runnable enqueue(
            Packet packet, Collection<EngineSession> receivers, Delivery delivery, boolean compress) {
        return new Fanout(packet, delivery, compress).enqueue(receivers);
    }

    /** What waits to be read by all clients together. */
    public OutputBudget budget() {
        return budget;
    }

    EngineSessionListener.Factory clients() {
        return clients;
    }

    long now() {
        return clock.getAsLong();
    }

    void forget(EngineSession slot) {
        sessions.remove(slot.sid(), slot);
        checkEmptied();
    }

    private void checkEmptied() {
        if (closing && sessions.isEmpty()) {
            emptied.complete(null);
        }
    }

    /** What follows the server's path in the target, or null. {@code /socket.iox} is not under {@code /socket.io}. */
    private @Nullable String rest(String target) {
        String path = options.path();
        if (!target.startsWith(path)) {
            return null;
        }
        char next = target.length() > path.length() ? target.charAt(path.length()) : '?';
        if (next == '/') {
            return target.substring(path.length());
        }
        return next == '?' && !options.trailingSlash() ? "/" + target.substring(path.length()) : null;
    }

    private void arrive(HostExchange exchange, Generation generation, Claim claim) {
        boolean admitted = cors.admit(exchange);
        CompletionStage<Hooks.Passage> passage = hooks.pass(client(exchange));
        if (passage == null) {
            admit(exchange, generation, claim, admitted);
        } else {
            new Decision<Hooks.Passage>(
                            exchange,
                            decided -> pass(exchange, generation, claim, admitted, decided),
                            () -> turnAway(exchange, generation, Refusal.OVERLOADED, null))
                    .await(passage, hooks.patience());
        }
    }

    private void pass(
            HostExchange exchange, Generation generation, Claim claim, boolean admitted, Hooks.Passage passage) {
        if (exchange.abandoned()) {
            return;
        }
        add(exchange, passage.headers());
        if (passage.answer() != null) {
            exchange.reply(passage.answer());
        } else if (passage.message() != null) {
            refuse(exchange, generation, Refusal.BAD_REQUEST, passage.message().isEmpty() ? null : passage.message());
        } else {
            admit(exchange, generation, claim, admitted);
        }
    }

    private void admit(HostExchange exchange, Generation generation, Claim claim, boolean admitted) {
        if (claim instanceof Claim.Refuse refuse) {
            refuse(exchange, generation, refuse.refusal(), null);
        } else if (exchange.head().draft() && !generation.drafts()) {
            refuse(exchange, generation, Refusal.BAD_REQUEST, null);
        } else if (!admitted) {
            refuse(exchange, generation, Refusal.FORBIDDEN, null);
        } else if (claim instanceof Claim.Resume resume) {
            resume(exchange, generation, resume.sid());
        } else {
            open(exchange, generation);
        }
    }

    private void resume(HostExchange exchange, Generation generation, String sid) {
        EngineSession slot = sessions.get(sid);
        if (slot == null || slot.generation() != generation) {
            refuse(exchange, generation, Refusal.UNKNOWN_SESSION, null);
        } else {
            add(exchange, hooks.headers(client(exchange)));
            enter(exchange, slot);
        }
    }

    private void open(HostExchange exchange, Generation generation) {
        boolean full = sessions.size() + asked.get() >= options.maxSessions() || !hooks.hasRoom(client(exchange));
        if (closing || full) {
            refuse(exchange, generation, Refusal.OVERLOADED, null);
        } else if (doorkeeper == null) {
            begin(exchange, generation);
        } else {
            asked.incrementAndGet();
            new Decision<Doorkeeper.Answer>(
                            exchange,
                            answer -> answered(exchange, generation, answer),
                            () -> answered(exchange, generation, null))
                    .await(doorkeeper.ask(client(exchange)), doorkeeper.patience());
        }
    }

    /** @param answer null if the doorkeeper took too long */
    private void answered(HostExchange exchange, Generation generation, Doorkeeper.@Nullable Answer answer) {
        asked.decrementAndGet();
        if (answer == null) {
            turnAway(exchange, generation, Refusal.OVERLOADED, null);
        } else if (!answer.welcome()) {
            turnAway(exchange, generation, Refusal.FORBIDDEN, answer.message());
        } else if (!exchange.abandoned()) {
            begin(exchange, generation);
        }
    }

    /** Opens a session for a request that nobody minds. Called on the loop of its connection. */
    private void begin(HostExchange exchange, Generation generation) {
        if (closing) {
            refuse(exchange, generation, Refusal.OVERLOADED, null);
            return;
        }
        EngineSession slot = newSlot(exchange, generation);
        if (slot == null) {
            refuse(exchange, generation, Refusal.BAD_REQUEST, null);
            return;
        }
        add(exchange, hooks.openingHeaders(client(exchange), slot.sid()));
        slot.opened();
        enter(exchange, slot);
        if (closing) {
            slot.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** A session in the table, or null if there is no id for it. */
    private @Nullable EngineSession newSlot(HostExchange exchange, Generation generation) {
        String sid;
        try {
            sid = hooks.sid(client(exchange));
        } catch (Exception e) {
            log.error("there is no id for a session", e);
            return null;
        }
        RequestHead kept = options.proxies().seenThrough(exchange.kept());
        EngineSession slot =
                new EngineSession(this, generation, sid == null ? IdGenerator.next() : sid, kept, exchange.loop());
        if (sessions.putIfAbsent(slot.sid(), slot) == null) {
            return slot;
        }
        log.error("there is no id for a session: one that was generated is in use");
        slot.opened();
        slot.close(CloseReason.FORCED_CLOSE);
        return null;
    }

    /** Refuses a request that had to wait, if somebody is still there who wants to know. */
    private void turnAway(HostExchange exchange, Generation generation, Refusal refusal, @Nullable String message) {
        if (!exchange.abandoned()) {
            refuse(exchange, generation, refusal, message);
        }
    }

    private void refuse(HostExchange exchange, Generation generation, Refusal refusal, @Nullable String message) {
        hooks.refused(client(exchange), generation.name(), refusal, message);
        generation.refuse(exchange, refusal, message);
    }

    /** The request as its client sent it: with the address that trusted proxies tell. */
    private RequestHead client(HostExchange exchange) {
        return options.proxies().seenThrough(exchange.head());
    }

    private static void add(HostExchange exchange, List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            exchange.header(headers.get(i), headers.get(i + 1));
        }
    }

    private static void enter(HostExchange exchange, EngineSession slot) {
        if (exchange.head().upgrade()) {
            exchange.upgrade(slot);
        } else {
            exchange.assign(slot);
            slot.request(exchange);
        }
    }
}
