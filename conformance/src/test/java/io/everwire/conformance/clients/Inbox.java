package io.everwire.conformance.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one client was told, in order, until a test takes it out. */
public final class Inbox {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final String owner;
    private final List<Told> told = new ArrayList<>();

    private record Told(String event, JsonNode args) {}

    Inbox(String owner) {
        this.owner = owner;
    }

    /** The name of the client whose it is. */
    public String owner() {
        return owner;
    }

    /** A value as JSON. */
    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** A value as it arrives. */
    static JsonNode tree(Object value) {
        return JSON.readTree(json(value));
    }

    synchronized void add(String event, JsonNode args) {
        told.add(new Told(event, args));
        notifyAll();
    }

    /** Waits for an event of this name and takes it out; returns its arguments. */
    public JsonNode take(String event) {
        return take(event, null);
    }

    /** Waits for an event with exactly these arguments, given as JSON, and takes it out. */
    public synchronized JsonNode take(String event, String args) {
        JsonNode expected = args == null ? null : JSON.readTree(args);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            for (Told one : told) {
                if (one.event().equals(event) && (expected == null || one.args().equals(expected))) {
                    told.remove(one);
                    return one.args();
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(
                        owner + " was not told " + event + (args == null ? "" : " " + args) + ", but " + told);
            }
            await(left);
        }
    }

    /** Whether nothing of this name waits. */
    public synchronized boolean isEmptyOf(String event) {
        return told.stream().noneMatch(one -> one.event().equals(event));
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
