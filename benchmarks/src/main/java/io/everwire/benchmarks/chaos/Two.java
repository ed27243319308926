package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two servers of one kind, with a client on each. */
final class Two implements AutoCloseable {
    private final List<String> command;
    private final String room;
    private final List<Member> members = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Long> from = new HashMap<>();
    private final Map<String, Long> until = new HashMap<>();

    /** @param room the room that the clients join; empty for none */
    private Two(List<String> command, String room) {
        this.command = command;
        this.room = room;
    }

    /** Starts two servers at two places. */
    static Two start(List<String> command, MemberConfig first, MemberConfig second, String room) {
        Two two = new Two(command, room);
        two.add(first);
        two.add(second);
        return two;
    }

    private void add(MemberConfig config) {
        Member member = Member.start(command, config);
        members.add(member);
        listeners.add(Listener.connect(member.port(), room));
        from.put(member.name(), 0L);
        until.put(member.name(), 0L);
    }

    Member first() {
        return members.get(0);
    }

    Member second() {
        return members.get(1);
    }

    Listener onFirst() {
        return listeners.get(0);
    }

    Listener onSecond() {
        return listeners.get(1);
    }

    /** Lets both send an event every 5 ms. */
    void begin() {
        for (Member member : members) {
            if (member.isAlive()) {
                from.put(member.name(), until.getOrDefault(member.name(), 0L));
                if (room.isEmpty()) {
                    member.order("beat", "millis", 5);
                } else {
                    member.order("beat", "millis", 5, "room", room);
                }
            }
        }
    }

    /** Ends the sending. */
    void end() {
        for (Member member : members) {
            if (member.isAlive()) {
                until.put(member.name(), member.order("still").asLong());
            }
        }
    }

    /** Returns the events of one of these servers as a client received them, between {@link #begin} and {@link #end}. */
    Flow flow(Member sender, Listener receiver) {
        return Flow.of(
                receiver, sender.name(), from.getOrDefault(sender.name(), 0L), until.getOrDefault(sender.name(), 0L));
    }

    /** Returns the number of events that one of these servers had sent at the last {@link #end}. */
    long end(Member sender) {
        return until.getOrDefault(sender.name(), 0L);
    }

    /** Returns whether all events of one of these servers have reached a client. */
    boolean isComplete(Member sender, Listener receiver) {
        return flow(sender, receiver).lost() == 0;
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
        members.forEach(Member::close);
    }
}
