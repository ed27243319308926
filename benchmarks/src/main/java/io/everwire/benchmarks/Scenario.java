package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Clients;
import io.everwire.benchmarks.load.Dialect;
import io.everwire.benchmarks.load.Load;
import io.everwire.benchmarks.load.Loads;
import java.util.EnumSet;
import java.util.Set;

/** What is measured. */
enum Scenario {
    ECHO("echo", "echo, 100 connections, window 1", "message") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.echo(clients, port, 100, 1);
        }
    },
    ECHO_DEEP("echo-deep", "echo, 100 connections, window 16", "message") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.echo(clients, port, 100, 16);
        }
    },
    ACK("ack", "ack, 100 connections, window 4", "message") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.ack(clients, port, 100, 4);
        }
    },
    BINARY("binary", "binary echo of 1 kB, 100 connections, window 1", "message") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.binary(clients, port, 100, 1);
        }
    },
    FANOUT("fanout", "fan-out to 1,000, one at a time", "delivery") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.fanout(clients, port, 1_000, 1, Dialect.EIO4);
        }
    },
    FANOUT_DEEP("fanout-deep", "fan-out to 1,000, 8 in flight", "delivery") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.fanout(clients, port, 1_000, 8, Dialect.EIO4);
        }
    },
    FANOUT_MIXED("fanout-mixed", "fan-out to 250 of each generation, one at a time", "delivery") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.fanout(clients, port, 1_000, 1, Dialect.EIO4, Dialect.EIO3, Dialect.GEN1, Dialect.GEN0);
        }

        @Override
        Set<Peer> servers() {
            return EnumSet.of(Peer.EVERWIRE, Peer.EVERWIRE_LOOP);
        }
    },
    POLLING("polling", "polling echo, 50 clients", "message") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.polling(clients, port, 50);
        }
    },
    CONNECT("connect", "connect by WebSocket, join, leave", "connection") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.connect(clients, port, false, 32);
        }
    },
    CONNECT_UPGRADE("connect-upgrade", "connect by polling, join, upgrade, leave", "connection") {
        @Override
        Load load(Clients clients, int port) {
            return Loads.connect(clients, port, true, 32);
        }
    };

    private final String label;
    private final String description;
    private final String unit;

    Scenario(String label, String description, String unit) {
        this.label = label;
        this.description = description;
        this.unit = unit;
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

    /** Those that can do it at all. */
    Set<Peer> servers() {
        return EnumSet.allOf(Peer.class);
    }

    /** What is done to a server. */
    abstract Load load(Clients clients, int port);
}
