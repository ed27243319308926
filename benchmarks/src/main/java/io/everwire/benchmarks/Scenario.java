package io.everwire.benchmarks;

import static io.everwire.benchmarks.Peer.BEFORE;
import static io.everwire.benchmarks.Peer.BEFORE_LOOP;
import static io.everwire.benchmarks.Peer.EVERWIRE;
import static io.everwire.benchmarks.Peer.EVERWIRE_LOOP;
import static io.everwire.benchmarks.Peer.FLOOR;
import static io.everwire.benchmarks.Peer.FLOOR_JETTY;
import static io.everwire.benchmarks.Peer.FLOOR_JSON;
import static io.everwire.benchmarks.Peer.FLOOR_TOMCAT;
import static io.everwire.benchmarks.Peer.SPRING_SOCKJS;
import static io.everwire.benchmarks.Peer.SPRING_STOMP;
import static io.everwire.benchmarks.Peer.SPRING_WEBSOCKET;
import static io.everwire.benchmarks.Peer.WEBFLUX;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Dialect;
import io.everwire.benchmarks.load.Load;
import io.everwire.benchmarks.load.Loads;
import io.everwire.benchmarks.load.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One measurement.
 *
 * @param unit the noun for one counted unit
 * @param servers the servers that support the scenario, or are of interest in it
 */
record Scenario(String label, String description, String unit, Set<Peer> servers, Maker maker) {
    /** The bare servlets, which only answer polls. */
    private static final Set<Peer> POLLING_FLOORS = EnumSet.of(FLOOR_TOMCAT, FLOOR_JETTY);

    private static final Set<Peer> ALL = allBut(FLOOR_JSON, SPRING_STOMP, SPRING_SOCKJS);

    /** The servers with polling. */
    private static final Set<Peer> WITH_POLLING =
            EnumSet.complementOf(EnumSet.of(FLOOR_JSON, SPRING_STOMP, SPRING_WEBSOCKET));

    /** The servers whose clients change from polling to a WebSocket. */
    private static final Set<Peer> WITH_UPGRADE = allBut(FLOOR_JSON, SPRING_STOMP, SPRING_WEBSOCKET, SPRING_SOCKJS);

    /** The servers with rooms. */
    private static final Set<Peer> WITH_ROOMS = allBut(FLOOR_JSON, SPRING_SOCKJS);

    /** The servers of a scenario in which Jackson reads each message and writes it once. */
    private static final Set<Peer> ALL_WITH_JSON = allBut(SPRING_STOMP, SPRING_SOCKJS);

    private static final Set<Peer> SCALED = Set.of(FLOOR, EVERWIRE_LOOP, BEFORE_LOOP, EVERWIRE, BEFORE);

    static final Scenario ECHO = scenario(
            "echo",
            "echo, 100 connections, window 1",
            "message",
            ALL_WITH_JSON,
            (clients, port, protocol) -> Loads.echo(clients, port, 100, 1));
    static final Scenario ECHO_DEEP = scenario(
            "echo-deep",
            "echo, 100 connections, window 16",
            "message",
            ALL_WITH_JSON,
            (clients, port, protocol) -> Loads.echo(clients, port, 100, 16));
    static final Scenario ACK = scenario(
            "ack",
            "ack, 100 connections, window 4",
            "message",
            ALL_WITH_JSON,
            (clients, port, protocol) -> Loads.ack(clients, port, 100, 4));
    static final Scenario BINARY = scenario(
            "binary",
            "binary echo of 1 kB, 100 connections, window 1",
            "message",
            (clients, port, protocol) -> Loads.binary(clients, port, 100, 1));
    static final Scenario FANOUT =
            scenario("fanout", "fan-out to 1,000, one at a time", "delivery", WITH_ROOMS, fanout(1_000, 1, 1));
    static final Scenario FANOUT_DEEP =
            scenario("fanout-deep", "fan-out to 1,000, 8 in flight", "delivery", WITH_ROOMS, fanout(1_000, 8, 1));
    static final Scenario FANOUT_MIXED = scenario(
            "fanout-mixed",
            "fan-out to 250 of each generation, one at a time",
            "delivery",
            Set.of(EVERWIRE_LOOP, BEFORE_LOOP, EVERWIRE, BEFORE, WEBFLUX),
            (clients, port, protocol) ->
                    Loads.fanout(clients, port, 1_000, 1, 1, Dialect.EIO4, Dialect.EIO3, Dialect.GEN1, Dialect.GEN0));
    static final Scenario POLLING = scenario(
            "polling",
            "polling echo, 50 clients",
            "message",
            WITH_POLLING,
            (clients, port, protocol) -> Loads.polling(clients, port, protocol, 50));
    static final Scenario CONNECT = scenario(
            "connect",
            "connect by WebSocket, join, leave",
            "connection",
            (clients, port, protocol) -> Loads.connect(clients, port, false, 32));
    static final Scenario CONNECT_UPGRADE = scenario(
            "connect-upgrade",
            "connect by polling, join, upgrade, leave",
            "connection",
            WITH_UPGRADE,
            (clients, port, protocol) -> Loads.connect(clients, port, true, 32));
    static final Scenario ECHO_1000 =
            scenario("echo-1000", "echo, 1,000 connections, window 1", "message", SCALED, echo(1_000));
    static final Scenario ECHO_10000 =
            scenario("echo-10000", "echo, 10,000 connections, window 1", "message", SCALED, echo(10_000));
    static final Scenario FANOUT_100 =
            scenario("fanout-100", "fan-out to 100, one at a time", "delivery", SCALED, fanout(100, 1, 1));
    static final Scenario FANOUT_10000 =
            scenario("fanout-10000", "fan-out to 10,000, one at a time", "delivery", SCALED, fanout(10_000, 1, 1));
    static final Scenario ROOMS_100 = scenario(
            "rooms-100", "fan-out to 1,000, 100 rooms on the server", "delivery", SCALED, fanout(1_000, 1, 100));
    static final Scenario ROOMS_10000 = scenario(
            "rooms-10000",
            "fan-out to 1,000, 10,000 rooms on the server",
            "delivery",
            SCALED,
            fanout(1_000, 1, 10_000));

    /** The scenarios that compare servers. */
    static final List<Scenario> COMPARING =
            List.of(ECHO, ECHO_DEEP, ACK, BINARY, FANOUT, FANOUT_DEEP, FANOUT_MIXED, POLLING, CONNECT, CONNECT_UPGRADE);

    /** The scenarios that show the cost of a message as a server grows tenfold and a hundredfold. */
    static final List<Scenario> SCALING =
            List.of(ECHO, ECHO_1000, ECHO_10000, FANOUT_100, FANOUT, FANOUT_10000, ROOMS_100, ROOMS_10000);

    /** The scenarios that compare hosts. */
    static final List<Scenario> HOSTED = List.of(ECHO, ECHO_DEEP, FANOUT, FANOUT_DEEP, POLLING);

    /** Makes the load of a scenario. */
    interface Maker {
        Load make(Clients clients, int port, Protocol protocol);
    }

    /** Returns all servers but these and {@link #POLLING_FLOORS}. */
    private static Set<Peer> allBut(Peer... others) {
        Set<Peer> servers = EnumSet.complementOf(EnumSet.copyOf(List.of(others)));
        servers.removeAll(POLLING_FLOORS);
        return servers;
    }

    private static Scenario scenario(String label, String description, String unit, Maker maker) {
        return new Scenario(label, description, unit, ALL, maker);
    }

    private static Scenario scenario(String label, String description, String unit, Set<Peer> servers, Maker maker) {
        return new Scenario(label, description, unit, servers, maker);
    }

    private static Maker echo(int connections) {
        return (clients, port, protocol) -> Loads.echo(clients, port, connections, 1);
    }

    private static Maker fanout(int receivers, int inFlight, int rooms) {
        return (clients, port, protocol) -> protocol == Protocol.STOMP
                ? Loads.stompFanout(clients, port, receivers, inFlight)
                : Loads.fanout(clients, port, receivers, inFlight, rooms, Dialect.EIO4);
    }

    static Scenario of(String label) {
        return Stream.of(COMPARING, SCALING)
                .flatMap(List::stream)
                .filter(scenario -> scenario.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is called \"" + label + "\""));
    }

    /**
     * Returns whether the clients of all servers together would exceed the files of one process, at a {@code ulimit
     * -n} of 20,000.
     */
    boolean isLarge() {
        return this == ECHO_10000 || this == FANOUT_10000;
    }

    /** Returns the load of this scenario for one server. */
    Load load(Clients clients, ServerProcess server) {
        return maker.make(clients, server.port(), server.peer().protocol());
    }
}
