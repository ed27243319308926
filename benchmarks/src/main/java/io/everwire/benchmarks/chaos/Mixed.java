package io.everwire.benchmarks.chaos;

import io.everwire.benchmarks.cluster.Member;
import io.everwire.benchmarks.cluster.MemberConfig;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One cluster of two Everwire servers and two Node servers. */
final class Mixed implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /** The time that events may need after the last one was sent, in seconds: a client that stopped answers later. */
    private static final long LATE_SECONDS = 15;

    final Two everwire;
    final Two node;

    /** @param place returns the place of a server by its name: e1, e2, n1 or n2 */
    Mixed(Lab lab, Function<String, MemberConfig> place, String room) {
        everwire = Two.start(lab.everwire(), place.apply("e1"), place.apply("e2"), room);
        node = Two.start(lab.node(), place.apply("n1"), place.apply("n2"), room);
        Pause.until(PATIENCE_SECONDS, () -> members().allMatch(member -> count(member) == 4));
        // The first events find code that was never run.
        begin();
        Pause.millis(1_500);
        end();
    }

    private Stream<Member> members() {
        return Stream.of(everwire.first(), everwire.second(), node.first(), node.second());
    }

    List<Two> both() {
        return List.of(everwire, node);
    }

    /** Returns the number of servers as one of them counts them; −1 if it cannot. */
    static int count(Member member) {
        return member.order("count").path("value").asInt(-1);
    }

    void begin() {
        everwire.begin();
        node.begin();
    }

    /** Ends the sending, and waits for events that are on their way. */
    void end() {
        everwire.end();
        node.end();
        Pause.until(
                LATE_SECONDS,
                () -> both().stream()
                        .allMatch(from -> both().stream()
                                .allMatch(to -> isComplete(from, from.first(), to.onSecond())
                                        && isComplete(from, from.second(), to.onFirst()))));
    }

    private static boolean isComplete(Two from, Member sender, Listener receiver) {
        return !sender.isAlive() || from.isComplete(sender, receiver);
    }

    /** Returns the events of the first server of one kind at the second of another. */
    static Flow flow(Two from, Two to) {
        return from.flow(from.first(), to.onSecond());
    }

    @Override
    public void close() {
        everwire.close();
        node.close();
    }
}
