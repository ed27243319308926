package io.everwire.benchmarks;

import io.everwire.benchmarks.servers.EverwireServer;
import io.everwire.benchmarks.servers.FloorServer;
import io.everwire.benchmarks.servers.NettySocketioServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that are compared. */
enum Peer {
    FLOOR("floor", "raw Netty 4.2: the request's own bytes"),
    FLOOR_JSON("floor-json", "the same, after Jackson has read what they carry and written it again"),
    EVERWIRE_LOOP("everwire-loop", "Everwire, HandlerMode.EVENT_LOOP"),
    EVERWIRE("everwire", "Everwire as it comes: HandlerMode.MAILBOX"),
    NETTY_SOCKETIO("netty-socketio", "netty-socketio 2.0.14 on its own Netty 4.1.130"),
    NODE("node", "socket.io 4.8.4");

    /** Of every server on the JVM. */
    static final List<String> FLAGS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=disabled");

    private final String label;
    private final String description;

    Peer(String label, String description) {
        this.label = label;
        this.description = description;
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** Whether it lets its heap be counted. */
    boolean isJvm() {
        return this != NODE;
    }

    static Peer of(String label) {
        for (Peer peer : values()) {
            if (peer.label.equals(label)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("server: \"" + label + "\" is none of those compared");
    }

    /** What starts it. */
    List<String> command(Machine machine, Path module) {
        if (this == NODE) {
            return List.of("node", module.resolve("js/server.mjs").toString());
        }
        List<String> command = new ArrayList<>(List.of(machine.java()));
        command.addAll(FLAGS);
        if (machine.javaVersion() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath(module), main().getName()));
        command.addAll(arguments());
        return command;
    }

    private List<String> arguments() {
        return switch (this) {
            case FLOOR_JSON -> List.of("JSON");
            case EVERWIRE_LOOP -> List.of("EVENT_LOOP");
            case EVERWIRE -> List.of("MAILBOX");
            default -> List.of();
        };
    }

    private Class<?> main() {
        return switch (this) {
            case FLOOR, FLOOR_JSON -> FloorServer.class;
            case NETTY_SOCKETIO -> NettySocketioServer.class;
            default -> EverwireServer.class;
        };
    }

    /** netty-socketio was built for another Netty than ours: it has its own libraries, so that it is at its best. */
    private String classPath(Path module) {
        String own = NettySocketioServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return this == NETTY_SOCKETIO
                ? own + ":" + module.resolve("target/peer") + "/*"
                : System.getProperty("java.class.path");
    }
}
