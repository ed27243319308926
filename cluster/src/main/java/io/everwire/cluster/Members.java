package io.everwire.cluster;

import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterServer.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The other servers that are known. A Java server is known by its heartbeats, until it misses three of them or says that it leaves. A Node
 * server is known by the id in its messages. It sends nothing when it ends, but the line counts all servers: if more are known than
 * counted, the Node servers that were silent for longest are forgotten. Any thread may use it.
 */
final class Members {
    /** The number of servers that are remembered: everybody who can publish may invent some. */
    private static final int MAX = 1_000;

    /** The number of heartbeats that a server may miss. */
    private static final int MISSED = 3;

    /** The time after which a silent Java server is removed if the line counts fewer servers, in milliseconds. */
    private static final long SURPLUS_MILLIS = 60_000;

    /** The uid of the emitters for Node adapters, which are no servers. */
    private static final String EMITTER = "emitter";

    private final Map<String, Member> all = new HashMap<>();

    private static final class Member {
        private final Kind kind;
        private String version = "";
        private String mode = "";
        private long interval;
        private long number = -1;
        private long heard;

        Member(Kind kind) {
            this.kind = kind;
        }
    }

    /** The news in a heartbeat. */
    enum Heard {
        /** The server is new. */
        NEW,
        /** Heartbeats before this one did not arrive. */
        AFTER_A_GAP,
        /** Nothing is new. */
        AGAIN
    }

    /** Handles the heartbeat of another Java server. */
    synchronized Heard beat(ServerMessage.Beat beat, long now) {
        Member member = all.get(beat.uid());
        boolean added = member == null || member.kind != Kind.JAVA;
        if (member == null || added) {
            if (all.size() >= MAX && member == null) {
                return Heard.AGAIN;
            }
            member = new Member(Kind.JAVA);
            all.put(beat.uid(), member);
        }
        boolean gap = member.number >= 0 && beat.number() > member.number + 1;
        member.version = beat.version();
        member.mode = beat.mode();
        member.interval = Math.max(1, beat.intervalMillis());
        member.number = beat.number();
        member.heard = now;
        return added ? Heard.NEW : gap ? Heard.AFTER_A_GAP : Heard.AGAIN;
    }

    /** Forgets the numbers of heartbeats: some were missed while this server was not connected. */
    synchronized void connectedAgain() {
        all.values().forEach(member -> member.number = -1);
    }

    /**
     * Handles another message.
     *
     * @param uid the id of its sender; empty if unknown
     * @param old whether it is one of Socket.IO 2
     */
    synchronized void message(String uid, boolean old, long now) {
        Member member = all.get(uid);
        if (member == null) {
            if (uid.isEmpty() || uid.equals(EMITTER) || uid.length() > ServerMessage.LONGEST || all.size() >= MAX) {
                return;
            }
            member = new Member(old ? Kind.NODE_2 : Kind.NODE);
            all.put(uid, member);
        }
        member.heard = now;
    }

    /** Removes a server that leaves. */
    synchronized void remove(String uid) {
        all.remove(uid);
    }

    /**
     * Removes the servers that have ended.
     *
     * @param servers the number of all servers that the line counted, this one included
     */
    synchronized void expire(int servers, long now) {
        all.values().removeIf(member -> member.kind == Kind.JAVA && now - member.heard > MISSED * member.interval);
        // A heartbeat that somebody has invented may announce any interval.
        int surplus = java().size() - Math.max(0, servers - 1);
        longestSilent(member -> member.kind == Kind.JAVA && now - member.heard > SURPLUS_MILLIS)
                .limit(Math.max(0, surplus))
                .toList()
                .forEach(all::remove);
        int nodes = Math.max(0, servers - 1 - java().size());
        int known = all.size() - java().size();
        longestSilent(member -> member.kind != Kind.JAVA)
                .limit(Math.max(0, known - nodes))
                .toList()
                .forEach(all::remove);
    }

    /** Returns the ids of some servers; the one that has been silent for the longest time is the first. */
    private Stream<String> longestSilent(Predicate<Member> chosen) {
        return all.entrySet().stream()
                .filter(entry -> chosen.test(entry.getValue()))
                .sorted(Comparator.comparingLong((Map.Entry<String, Member> entry) -> entry.getValue().heard))
                .map(Map.Entry::getKey);
    }

    /** Returns the ids of the other Java servers. */
    synchronized Set<String> java() {
        Set<String> ids = new LinkedHashSet<>();
        all.forEach((uid, member) -> {
            if (member.kind == Kind.JAVA) {
                ids.add(uid);
            }
        });
        return ids;
    }

    /** Returns the ids of all servers. */
    synchronized Set<String> ids() {
        return Set.copyOf(all.keySet());
    }

    /** Returns all servers, in the order of their ids. */
    synchronized List<ClusterServer> servers(long now) {
        return all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    Member member = entry.getValue();
                    return new ClusterServer(
                            entry.getKey(), member.kind, member.version, member.mode, Math.max(0, now - member.heard));
                })
                .toList();
    }
}
