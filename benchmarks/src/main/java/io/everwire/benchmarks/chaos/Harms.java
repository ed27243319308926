package io.everwire.benchmarks.chaos;

import java.util.List;

/** All cases. */
final class Harms {
    static final List<Harm> ALL = List.of(
            new Harm("kill", "a server is killed (`kill -9`) while a request waits for it", LostServers::killed),
            new Harm("stop", "a server stops for 20 s (`SIGSTOP`)", LostServers::stopped),
            new Harm("redis-kill", "Redis is killed and comes back after 1.5 s", LostRedis::killed),
            new Harm("redis-stop", "Redis stops for 3 s (`SIGSTOP`)", LostRedis::stopped),
            new Harm("slot", "Redis Cluster, sharded: the slot of the room's channel moves", LostRedis::movedSlot),
            new Harm(
                    "failover",
                    "Sentinel: the master is killed, it names the replica after 1 s",
                    LostRedis::failedOver),
            new Harm("cut-answers", "nothing of Redis arrives at a server for 12 s", Cut::answers),
            new Harm("cut-requests", "nothing of a server arrives at Redis for 12 s", Cut::requests),
            new Harm("delay", "each byte between Redis and a server takes 20 ms more; sharded", Cut::delayed),
            new Harm("garbage", "garbage and requests of Socket.IO 2 on the channels", Garbage::run),
            new Harm("rooms", "1,000 rooms a second come and go for 60 s; sharded", Rooms::run));

    private Harms() {}

    /**
     * Returns a case.
     *
     * @throws IllegalArgumentException if no case has this label
     */
    static Harm named(String label) {
        return ALL.stream()
                .filter(harm -> harm.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case is called \"" + label + "\""));
    }
}
