package io.everwire.conformance.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of one client, in order, until a test takes them. */
public final class Inbox {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final String owner;
    private final List<Event> events = new ArrayList<>();

    private record Event(String event, JsonNode args) {}

    Inbox(String owner) {
        this.owner = owner;
    }

    /** Returns the name of the client. */
    public String owner() {
        return owner;
    }

    /** Returns a value as JSON. */
    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Returns a value in the form in which it arrives. */
    static JsonNode tree(Object value) {
        return JSON.readTree(json(value));
    }

    synchronized void add(String event, JsonNode args) {
        events.add(new Event(event, args));
        notifyAll();
    }

    /** Waits for an event of this name and removes it. Returns its arguments. */
    public JsonNode take(String event) {
        return take(event, null);
    }

    /** Waits for an event with exactly these arguments, given as JSON, and removes it. */
    public synchronized JsonNode take(String event, String args) {
        JsonNode expected = args == null ? null : JSON.readTree(args);
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (true) {
            for (Event one : events) {
                if (one.event().equals(event) && (expected == null || one.args().equals(expected))) {
                    events.remove(one);
                    return one.args();
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(
                        owner + " did not receive " + event + (args == null ? "" : " " + args) + ", but " + events);
            }
            await(left);
        }
    }

    /** Returns whether no event of this name is queued. */
    public synchronized boolean isEmptyOf(String event) {
        return events.stream().noneMatch(one -> one.event().equals(event));
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
