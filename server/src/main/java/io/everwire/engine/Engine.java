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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The door between hosts and sessions: every request of a host comes through {@link #serve}. Holds the table of sessions.
 * Any thread may call it.
 */
public final class Engine {
    private final EngineOptions options;
    private final List<Generation> generations;
    private final ClientPort.Factory clients;
    private final LongSupplier clock;
    private final Cors cors;
    private final ClientFiles files;
    private final Map<String, SessionSlot> sessions = new ConcurrentHashMap<>();
    private final @Nullable Doorkeeper doorkeeper;
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean closing;

    /**
     * @param generations the rooms, in the order asked
     * @param clients told of each session that starts
     * @param clock milliseconds that only move forward
     */
    public Engine(EngineOptions options, List<Generation> generations, ClientPort.Factory clients, LongSupplier clock) {
        this(options, generations, clients, clock, null);
    }

    /** @param doorkeeper asked before a session is opened, or null to open all */
    public Engine(
            EngineOptions options,
            List<Generation> generations,
            ClientPort.Factory clients,
            LongSupplier clock,
            @Nullable Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
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
            Claim claim = generation.claim(head, rest, options.session());
            if (claim != null) {
                if (Cors.isPreflight(head)) {
                    cors.admit(exchange);
                    exchange.reply(new Response(204, List.of(), Bytes.EMPTY));
                } else {
                    admit(exchange, generation, claim);
                }
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses new sessions from now on and closes those that exist, in the way the Node server does when it is closed.
     *
     * @return done when the last one is over
     */
    public CompletableFuture<Void> close() {
        closing = true;
        sessions.values().forEach(slot -> slot.close(CloseReason.SERVER_SHUTTING_DOWN));
        checkEmptied();
        return emptied;
    }

    /** Writes {@code packet} once for each generation among {@code receivers} and hands it to them. Any thread. */
    public static void broadcast(
            Packet packet, Collection<SessionSlot> receivers, Delivery delivery, boolean compress) {
        new Fanout(packet, delivery, compress).send(receivers);
    }

    ClientPort.Factory clients() {
        return clients;
    }

    long now() {
        return clock.getAsLong();
    }

    void forget(SessionSlot slot) {
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
        boolean under =
                target.startsWith(path) && target.length() > path.length() && target.charAt(path.length()) == '/';
        return under ? target.substring(path.length()) : null;
    }

    private void admit(HostExchange exchange, Generation generation, Claim claim) {
        boolean admitted = cors.admit(exchange);
        if (claim instanceof Claim.Refuse refuse) {
            generation.refuse(exchange, refuse.refusal(), null);
        } else if (exchange.head().draft() && !generation.drafts()) {
            generation.refuse(exchange, Refusal.BAD_REQUEST, null);
        } else if (!admitted) {
            generation.refuse(exchange, Refusal.FORBIDDEN, null);
        } else if (claim instanceof Claim.Resume resume) {
            resume(exchange, generation, resume.sid());
        } else {
            open(exchange, generation);
        }
    }

    private void resume(HostExchange exchange, Generation generation, String sid) {
        SessionSlot slot = sessions.get(sid);
        if (slot == null || slot.generation() != generation) {
            generation.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
        } else {
            enter(exchange, slot);
        }
    }

    private void open(HostExchange exchange, Generation generation) {
        if (closing || sessions.size() + asked.get() >= options.maxSessions()) {
            generation.refuse(exchange, Refusal.OVERLOADED, null);
        } else if (doorkeeper == null) {
            begin(exchange, generation);
        } else {
            new Opening(this, exchange, generation, asked).ask(doorkeeper);
        }
    }

    /** Opens a session for a request that nobody minds. Called on the loop of its connection. */
    void begin(HostExchange exchange, Generation generation) {
        if (closing) {
            generation.refuse(exchange, Refusal.OVERLOADED, null);
            return;
        }
        String sid = SidGenerator.next();
        SessionSlot slot = new SessionSlot(this, generation, sid, exchange.head(), exchange.loop());
        sessions.put(sid, slot);
        slot.opened();
        enter(exchange, slot);
        if (closing) {
            slot.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    private static void enter(HostExchange exchange, SessionSlot slot) {
        if (exchange.head().upgrade()) {
            exchange.upgrade(slot);
        } else {
            exchange.assign(slot);
            slot.request(exchange);
        }
    }
}
