package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one generation on virtual time: host and engine in their smallest form.
 *
 * <p>Effects of a session's calls on its ports reach the session only after the current call returned, as {@link
 * Session} promises.
 */
public final class GenerationHost {
    private static final String PATH = "/socket.io";
    /** The number of wake-ups of a session at one point in time above which it counts as an endless loop. */
    private static final int MAX_WAKES_AT_ONCE = 100;

    private final Generation generation;
    private final SessionOptions options;
    private final VirtualClock clock = new VirtualClock();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<Object, Slot> owners = new IdentityHashMap<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private boolean working;
    private int ticks;

    private record Slot(String sid, Session session, RecordingListener listener) {}

    public GenerationHost(Generation generation, SessionOptions options) {
        this.generation = generation;
        this.options = options;
    }

    /** Returns its clock. */
    public VirtualClock clock() {
        return clock;
    }

    /** Passes an HTTP request to the generation. A null body arrives later ({@link #bodyArrived}). */
    public RecordingExchange request(RequestHead head, @Nullable Bytes body) {
        RecordingExchange exchange = new RecordingExchange(head, body, this);
        Slot slot = claim(head, exchange);
        if (slot != null) {
            run(slot, session -> session.request(exchange, clock.now()));
        }
        return exchange;
    }

    /** Sends an HTTP request without a body. */
    public RecordingExchange get(String target) {
        return request(RecordedHead.of("GET", target), Bytes.EMPTY);
    }

    /** Sends a POST with a text as its body. */
    public RecordingExchange post(String target, String body) {
        return request(RecordedHead.of("POST", target), Bytes.utf8(body));
    }

    /** Returns a request that no generation sees, for tests that answer it themselves. */
    public RecordingExchange unclaimed(String target) {
        return new RecordingExchange(RecordedHead.of("GET", target), Bytes.EMPTY, this);
    }

    /** Passes the body that a request awaits. */
    public void bodyArrived(RecordingExchange exchange, Bytes body) {
        exchange.bodyArrived(body);
    }

    /**
     * Asks for a WebSocket. Returns a {@link RecordingLine}, or the {@link RecordingExchange} that it was rejected
     * with.
     */
    public Object connect(RequestHead head) {
        RecordingExchange refusal = new RecordingExchange(head, Bytes.EMPTY, this);
        Slot slot = claim(head, refusal);
        if (slot == null) {
            return refusal;
        }
        RecordingLine line = new RecordingLine(head, this);
        owners.put(line, slot);
        run(slot, session -> session.lineOpened(line, clock.now()));
        return line;
    }

    /** Returns a WebSocket; fails if it is rejected. */
    public RecordingLine line(String target) {
        return (RecordingLine) connect(RecordedHead.webSocket(target));
    }

    /** Sends a text message of the peer. */
    public void text(RecordingLine line, Bytes message) {
        if (!line.closed()) {
            run(owner(line), session -> session.text(line, message, clock.now()));
        }
    }

    /** Sends a text message of the peer. */
    public void text(RecordingLine line, String message) {
        text(line, Bytes.utf8(message));
    }

    /** Sends a binary message of the peer. */
    public void binary(RecordingLine line, Bytes message) {
        if (!line.closed()) {
            run(owner(line), session -> session.binary(line, message, clock.now()));
        }
    }

    /** Closes a WebSocket from the peer's side. */
    public void close(RecordingLine line) {
        line.closedByPeer(CloseReason.TRANSPORT_CLOSE);
    }

    /** Sends a packet to the session opened last. */
    public void send(Packet packet) {
        run(newest(), session -> session.send(generation.encode(packet), clock.now()));
    }

    /** Closes the session opened last from the server's side. */
    public void close(CloseReason reason) {
        run(newest(), session -> session.close(reason, clock.now()));
    }

    /** Calls the session opened last, as a host would. */
    public void call(Consumer<Session> call) {
        run(newest(), call);
    }

    /** Moves the time; sessions are ticked at the times that they asked for. */
    public void advance(long millis) {
        long target = clock.now() + millis;
        for (Slot next = earliest(); next != null && next.listener.wakeAt() <= target; next = earliest()) {
            clock.advanceTo(Math.max(clock.now(), next.listener.wakeAt()));
            tick();
        }
        clock.advanceTo(target);
    }

    /** Returns the listener of the session opened last. */
    public RecordingListener listener() {
        return newest().listener;
    }

    /** Returns the id of the session opened last. */
    public String sid() {
        return newest().sid;
    }

    /** Returns the number of ticks so far. */
    public int ticks() {
        return ticks;
    }

    /** Returns the events that all sessions reported, in order. */
    public List<String> told() {
        return told;
    }

    void body(Exchange exchange, Bytes body) {
        run(owner(exchange), session -> session.body(exchange, body, clock.now()));
    }

    void oversized(Exchange exchange) {
        run(owner(exchange), session -> session.oversized(exchange, clock.now()));
    }

    void gone(Exchange exchange) {
        run(owner(exchange), session -> session.gone(exchange, clock.now()));
    }

    void lineClosed(RecordingLine line, CloseReason reason) {
        run(owner(line), session -> session.lineClosed(line, reason, clock.now()));
    }

    /** Returns the session that a request is for; null if the request was answered instead. */
    private @Nullable Slot claim(RequestHead head, RecordingExchange exchange) {
        String target = head.target();
        Claim claim =
                target.startsWith(PATH + "/") ? generation.claim(head, target.substring(PATH.length()), options) : null;
        if (claim == null) {
            exchange.reply(new Response(404, List.of(), Bytes.EMPTY));
            return null;
        } else if (claim instanceof Claim.Refuse refuse) {
            generation.refuse(exchange, refuse.refusal(), null);
            return null;
        } else if (claim instanceof Claim.Answer answer) {
            exchange.reply(answer.response());
            return null;
        }
        Slot slot = claim instanceof Claim.Resume resume ? slots.get(resume.sid()) : open(head);
        if (slot == null || slot.listener.closed()) {
            generation.refuse(exchange, Refusal.UNKNOWN_SESSION, null);
            return null;
        }
        owners.put(exchange, slot);
        return slot;
    }

    private Slot open(RequestHead head) {
        String sid = String.format("session-%012d", slots.size() + 1);
        RecordingListener listener = new RecordingListener(told);
        Slot slot = new Slot(sid, generation.open(sid, head, listener, options, clock.now()), listener);
        slots.put(sid, slot);
        return slot;
    }

    private Slot owner(Object port) {
        Slot slot = owners.get(port);
        if (slot == null) {
            throw new AssertionError("belongs to no session: " + port);
        }
        return slot;
    }

    private Slot newest() {
        Slot newest = null;
        for (Slot slot : slots.values()) {
            newest = slot;
        }
        if (newest == null) {
            throw new AssertionError("no session was opened");
        }
        return newest;
    }

    private void run(Slot slot, Consumer<Session> call) {
        work.add(() -> {
            try {
                call.accept(slot.session);
            } catch (ProtocolException e) {
                slot.session.close(e.reason(), clock.now());
            }
        });
        settle();
    }

    private void settle() {
        if (working) {
            return;
        }
        working = true;
        try {
            for (Runnable next = work.poll(); next != null; next = work.poll()) {
                next.run();
            }
        } finally {
            working = false;
        }
    }

    private @Nullable Slot earliest() {
        Slot earliest = null;
        for (Slot slot : slots.values()) {
            if (earliest == null || slot.listener.wakeAt() < earliest.listener.wakeAt()) {
                earliest = slot;
            }
        }
        return earliest;
    }

    private void tick() {
        Slot due = earliest();
        for (int wakes = 0; due != null && due.listener.wakeAt() <= clock.now(); wakes++) {
            if (wakes > MAX_WAKES_AT_ONCE) {
                throw new AssertionError("the session wakes itself for ever at one point in time");
            }
            ticks++;
            due.listener.ticked();
            run(due, session -> session.tick(clock.now()));
            due = earliest();
        }
    }
}
