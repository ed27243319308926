package io.everwire.cluster;

import io.everwire.adapter.ClusterContext;
import io.everwire.cluster.ServerMessage.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of sockets in rooms on the other Java servers. The first count of a room asks them; from then on, each tells its number
 * when it changed, until the room was not counted for a minute. Any thread may use it.
 */
final class RoomCounts {
    /** The time that a server tells changes after it was asked, and that a room is watched after its last count. */
    private static final long WATCHED_MILLIS = 60_000;

    /** The time after which a server asks again: also the age of a number if the message with its change was lost. */
    private static final long RENEWED_MILLIS = 20_000;

    /** The number of rooms in one message. */
    private static final int BATCH = 500;

    /** The longest name of a room that is remembered for other servers, with its namespace, in characters. */
    private static final int MAX_NAME = 1_000;

    /** @param room null for all sockets of the namespace */
    record Key(String namespace, @Nullable String room) {
        int length() {
            return namespace.length() + (room == null ? 0 : room.length());
        }
    }

    /**
     * The numbers of all other Java servers together.
     *
     * @param servers the number of servers that have the namespace
     * @param missing the number of servers whose number is not known
     */
    record Counted(int sockets, int servers, int missing) {}

    /** A room that this server counts. Guarded by the owner. */
    private static final class Watched {
        private final Map<String, Integer> counts = new HashMap<>();

        /** The servers that did not answer in time: nobody waits for them again. */
        private final Set<String> silent = new HashSet<>();

        private final List<CompletableFuture<Counted>> waiting = new ArrayList<>();
        private long countedAt;
        private long askedAt;

        Counted counted(Set<String> servers) {
            int sockets = 0;
            int having = 0;
            int missing = 0;
            for (String uid : servers) {
                Integer count = counts.get(uid);
                if (count == null) {
                    missing++;
                } else if (count >= 0) {
                    sockets += count;
                    having++;
                }
            }
            return new Counted(sockets, having, missing);
        }

        boolean isComplete(Set<String> servers) {
            return servers.stream().allMatch(uid -> counts.containsKey(uid) || silent.contains(uid));
        }
    }

    /** A room that other servers count. Guarded by the owner. */
    private static final class Told {
        private int last = Integer.MIN_VALUE;
        private long until;
    }

    private final ClusterOptions options;
    private final ClusterContext context;
    private final String uid;
    private final Supplier<Set<String>> servers;
    private final ToIntFunction<Key> local;
    private final Consumer<ServerMessage> publish;
    private final Map<Key, Watched> watched = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Told> told = new LinkedHashMap<>();
    private boolean telling;
    private boolean stopped;

    /**
     * Creates the counts of a server.
     *
     * @param servers returns the ids of the other Java servers
     * @param local returns the number of sockets of this server, or −1 if it does not have the namespace
     */
    RoomCounts(
            ClusterOptions options,
            ClusterContext context,
            String uid,
            Supplier<Set<String>> servers,
            ToIntFunction<Key> local,
            Consumer<ServerMessage> publish) {
        this.options = options;
        this.context = context;
        this.uid = uid;
        this.servers = servers;
        this.local = local;
        this.publish = publish;
    }

    // Counting

    /** Returns the numbers of the other Java servers, at once if they are known. */
    CompletionStage<Counted> count(Key key) {
        Set<String> others = servers.get();
        CompletableFuture<Counted> result = new CompletableFuture<>();
        List<Runnable> evicted = new ArrayList<>();
        boolean asks;
        synchronized (this) {
            Watched room = watched.get(key);
            asks = room == null;
            if (room == null) {
                room = new Watched();
                room.askedAt = context.now();
                watched.put(key, room);
                if (watched.size() > options.maxCountedRooms()) {
                    Iterator<Watched> oldest = watched.values().iterator();
                    Watched eldest = oldest.next();
                    oldest.remove();
                    end(eldest, others, evicted);
                }
            }
            room.countedAt = context.now();
            if (room.isComplete(others)) {
                result.complete(room.counted(others));
            } else {
                room.waiting.add(result);
            }
        }
        evicted.forEach(context::execute);
        if (asks) {
            ask(List.of(key));
        }
        if (result.isDone()) {
            return result;
        }
        Runnable cancel = context.schedule(
                () -> timedOut(key, result), options.requestTimeout().toMillis());
        return result.whenComplete((counted, failure) -> cancel.run());
    }

    private void timedOut(Key key, CompletableFuture<Counted> result) {
        Set<String> others = servers.get();
        Counted counted;
        synchronized (this) {
            Watched room = watched.get(key);
            if (room == null) {
                counted = new Counted(0, 0, others.size());
            } else {
                room.waiting.removeIf(waiting -> waiting == result);
                others.stream().filter(other -> !room.counts.containsKey(other)).forEach(room.silent::add);
                counted = room.counted(others);
            }
        }
        result.complete(counted);
    }

    /** Removes the waiting of a room. The results are completed later, outside of the lock: they may be code of the application. */
    private static void end(Watched room, Set<String> others, List<Runnable> results) {
        Counted counted = room.counted(others);
        room.waiting.forEach(result -> results.add(() -> result.complete(counted)));
        room.waiting.clear();
    }

    /** Handles the numbers of another server. */
    void receive(ServerMessage.Counts counts) {
        Set<String> others = servers.get();
        List<Runnable> results = new ArrayList<>();
        if (!others.contains(counts.uid())) {
            // All servers are asked again when this one becomes known.
            return;
        }
        synchronized (this) {
            for (Count count : counts.counts()) {
                Watched room = watched.get(new Key(counts.namespace(), count.room()));
                if (room != null) {
                    room.counts.put(counts.uid(), count.sockets());
                    room.silent.remove(counts.uid());
                    if (!room.waiting.isEmpty() && room.isComplete(others)) {
                        end(room, others, results);
                    }
                }
            }
        }
        results.forEach(context::execute);
    }

    /** Called regularly: asks again for the rooms that are still counted, and forgets the others. */
    void renew() {
        Set<String> others = servers.get();
        List<Key> asked = new ArrayList<>();
        List<Runnable> results = new ArrayList<>();
        synchronized (this) {
            long now = context.now();
            watched.values().removeIf(room -> room.waiting.isEmpty() && now - room.countedAt >= WATCHED_MILLIS);
            watched.forEach((key, room) -> {
                room.counts.keySet().retainAll(others);
                room.silent.retainAll(others);
                // A server that was waited for may have ended.
                if (!room.waiting.isEmpty() && room.isComplete(others)) {
                    end(room, others, results);
                }
                if (now - room.askedAt >= RENEWED_MILLIS) {
                    room.askedAt = now;
                    asked.add(key);
                }
            });
        }
        results.forEach(context::execute);
        ask(asked);
    }

    /** Asks for all rooms: a server is new, or messages were missed. */
    void askAgain() {
        List<Key> asked;
        synchronized (this) {
            watched.values().forEach(room -> room.askedAt = context.now());
            asked = List.copyOf(watched.keySet());
        }
        ask(asked);
    }

    private void ask(List<Key> keys) {
        Map<String, List<@Nullable String>> rooms = new LinkedHashMap<>();
        keys.forEach(key -> rooms.computeIfAbsent(key.namespace, namespace -> new ArrayList<@Nullable String>())
                .add(key.room));
        for (Map.Entry<String, List<@Nullable String>> entry : rooms.entrySet()) {
            List<@Nullable String> all = entry.getValue();
            for (int from = 0; from < all.size(); from += BATCH) {
                List<@Nullable String> some = all.subList(from, Math.min(from + BATCH, all.size()));
                publish.accept(new ServerMessage.Watch(uid, entry.getKey(), some));
            }
        }
    }

    // Telling others

    /** Handles the question of another server: answers now, and after changes. */
    void receive(ServerMessage.Watch watch) {
        boolean starts;
        boolean full = false;
        List<Key> asked = new ArrayList<>();
        synchronized (this) {
            for (String room : watch.rooms()) {
                Key key = new Key(watch.namespace(), room);
                Told entry = told.get(key);
                if (entry == null && key.length() <= MAX_NAME) {
                    full |= told.size() >= options.maxCountedRooms();
                    entry = full ? null : new Told();
                    if (entry != null) {
                        told.put(key, entry);
                    }
                }
                if (entry != null) {
                    entry.until = context.now() + WATCHED_MILLIS;
                }
                asked.add(key);
            }
            starts = !telling && !told.isEmpty() && !stopped;
            telling |= starts;
        }
        if (full) {
            context.warn(
                    "maxCountedRooms",
                    "other servers count more rooms than maxCountedRooms, " + options.maxCountedRooms()
                            + ": they receive the numbers of this server only when they ask, every "
                            + RENEWED_MILLIS / 1_000 + " s");
        }
        tell(asked, true);
        if (starts) {
            later();
        }
    }

    private void later() {
        context.schedule(this::tellChanges, options.countInterval().toMillis());
    }

    private void tellChanges() {
        List<Key> all;
        synchronized (this) {
            told.values().removeIf(entry -> entry.until <= context.now());
            telling = !told.isEmpty() && !stopped;
            if (!telling) {
                return;
            }
            all = List.copyOf(told.keySet());
        }
        tell(all, false);
        later();
    }

    /** Tells the numbers that have changed, or all of them. */
    private void tell(List<Key> keys, boolean unchanged) {
        Map<String, List<Count>> changes = new LinkedHashMap<>();
        for (Key key : keys) {
            int now = local.applyAsInt(key);
            synchronized (this) {
                Told entry = told.get(key);
                boolean changed = entry != null && entry.last != now;
                if (entry != null) {
                    entry.last = now;
                }
                if (changed || unchanged) {
                    changes.computeIfAbsent(key.namespace, namespace -> new ArrayList<>())
                            .add(new Count(key.room, now));
                }
            }
        }
        changes.forEach((namespace, all) -> {
            for (int from = 0; from < all.size(); from += BATCH) {
                publish.accept(new ServerMessage.Counts(
                        uid, namespace, all.subList(from, Math.min(from + BATCH, all.size()))));
            }
        });
    }

    /** Ends all waiting. */
    void stop() {
        Set<String> others = servers.get();
        List<Runnable> results = new ArrayList<>();
        synchronized (this) {
            stopped = true;
            watched.values().forEach(room -> end(room, others, results));
            watched.clear();
            told.clear();
        }
        results.forEach(context::execute);
    }
}
