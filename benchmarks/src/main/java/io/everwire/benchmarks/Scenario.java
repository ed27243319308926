package io.everwire.benchmarks;

import static io.everwire.benchmarks.Peer.EVERWIRE;
import static io.everwire.benchmarks.Peer.EVERWIRE_LOOP;
import static io.everwire.benchmarks.Peer.FLOOR;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Dialect;
import io.everwire.benchmarks.load.Load;
import io.everwire.benchmarks.load.Loads;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is measured. */
enum Scenario {
    ECHO("echo", "echo, 100 connections, window 1", "message", (clients, port) -> Loads.echo(clients, port, 100, 1)),
    ECHO_DEEP(
            "echo-deep",
            "echo, 100 connections, window 16",
            "message",
            (clients, port) -> Loads.echo(clients, port, 100, 16)),
    ACK("ack", "ack, 100 connections, window 4", "message", (clients, port) -> Loads.ack(clients, port, 100, 4)),
    BINARY(
            "binary",
            "binary echo of 1 kB, 100 connections, window 1",
            "message",
            (clients, port) -> Loads.binary(clients, port, 100, 1)),
    FANOUT("fanout", "fan-out to 1,000, one at a time", "delivery", fanout(1_000, 1, 1)),
    FANOUT_DEEP("fanout-deep", "fan-out to 1,000, 8 in flight", "delivery", fanout(1_000, 8, 1)),
    FANOUT_MIXED(
            "fanout-mixed",
            "fan-out to 250 of each generation, one at a time",
            "delivery",
            EnumSet.of(EVERWIRE, EVERWIRE_LOOP),
            (clients, port) ->
                    Loads.fanout(clients, port, 1_000, 1, 1, Dialect.EIO4, Dialect.EIO3, Dialect.GEN1, Dialect.GEN0)),
    POLLING("polling", "polling echo, 50 clients", "message", (clients, port) -> Loads.polling(clients, port, 50)),
    CONNECT(
            "connect",
            "connect by WebSocket, join, leave",
            "connection",
            (clients, port) -> Loads.connect(clients, port, false, 32)),
    CONNECT_UPGRADE(
            "connect-upgrade",
            "connect by polling, join, upgrade, leave",
            "connection",
            (clients, port) -> Loads.connect(clients, port, true, 32)),
    ECHO_1000("echo-1000", "echo, 1,000 connections, window 1", "message", scaled(), echo(1_000)),
    ECHO_10000("echo-10000", "echo, 10,000 connections, window 1", "message", scaled(), echo(10_000)),
    FANOUT_100("fanout-100", "fan-out to 100, one at a time", "delivery", scaled(), fanout(100, 1, 1)),
    FANOUT_10000("fanout-10000", "fan-out to 10,000, one at a time", "delivery", scaled(), fanout(10_000, 1, 1)),
    ROOMS_100("rooms-100", "fan-out to 1,000, 100 rooms on the server", "delivery", scaled(), fanout(1_000, 1, 100)),
    ROOMS_10000(
            "rooms-10000",
            "fan-out to 1,000, 10,000 rooms on the server",
            "delivery",
            scaled(),
            fanout(1_000, 1, 10_000));

    /** Those that show what a message costs as a server grows, each beside one of the same kind above: ten times and a hundred times. */
    static final List<Scenario> SCALING =
            List.of(ECHO, ECHO_1000, ECHO_10000, FANOUT_100, FANOUT, FANOUT_10000, ROOMS_100, ROOMS_10000);

    /** Those that compare servers. */
    static final List<Scenario> COMPARING = Arrays.stream(values())
            .filter(one -> one.ordinal() < ECHO_1000.ordinal())
            .toList();

    private final String label;
    private final String description;
    private final String unit;
    private final Set<Peer> servers;
    private final Maker load;

    private interface Maker {
        Load make(Clients clients, int port);
    }

    Scenario(String label, String description, String unit, Maker load) {
        this(label, description, unit, EnumSet.allOf(Peer.class), load);
    }

    Scenario(String label, String description, String unit, Set<Peer> servers, Maker load) {
        this.label = label;
        this.description = description;
        this.unit = unit;
        this.servers = servers;
        this.load = load;
    }

    private static Set<Peer> scaled() {
        return EnumSet.of(FLOOR, EVERWIRE_LOOP, EVERWIRE);
    }

    private static Maker echo(int connections) {
        return (clients, port) -> Loads.echo(clients, port, connections, 1);
    }

    private static Maker fanout(int receivers, int inFlight, int rooms) {
        return (clients, port) -> Loads.fanout(clients, port, receivers, inFlight, rooms, Dialect.EIO4);
    }

    static Scenario of(String label) {
        for (Scenario scenario : values()) {
            if (scenario.label.equals(label)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("scenario: \"" + label + "\" is none");
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** What is counted. */
    String unit() {
        return unit;
    }

    /** Those that can do it at all, or are of interest. */
    Set<Peer> servers() {
        return servers;
    }

    /** What is done to a server. */
    Load load(Clients clients, int port) {
        return load.make(clients, port);
    }
}
