package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Protocol;
import io.everwire.benchmarks.servers.EverwireReactorServer;
import io.everwire.benchmarks.servers.EverwireServer;
import io.everwire.benchmarks.servers.FloorServer;
import io.everwire.benchmarks.servers.NettySocketioServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server that is compared with the others. */
enum Peer {
    FLOOR("floor", "raw Netty 4.2, which answers with the request's own bytes"),
    FLOOR_JSON("floor-json", "the floor, after Jackson has read each payload and written it again"),
    EVERWIRE_LOOP("everwire-loop", "Everwire, HandlerMode.EVENT_LOOP"),
    BEFORE_LOOP("before-loop", "Everwire as built in the checkout of --before, HandlerMode.EVENT_LOOP"),
    EVERWIRE("everwire", "Everwire in its default mode, HandlerMode.MAILBOX"),
    BEFORE("before", "Everwire as built in the checkout of --before, HandlerMode.MAILBOX"),
    WEBFLUX("everwire-webflux", "Everwire in its default mode on the port of Reactor Netty 1.3, as in Spring WebFlux"),
    NETTY_SOCKETIO("netty-socketio", "netty-socketio 2.0.14 on its own Netty 4.1.130"),
    NODE("node", "socket.io 4.8.4"),
    FLOOR_TOMCAT(
            "floor-tomcat", "a bare servlet in Tomcat 11, whose POST requests answer the parked poll; polling only"),
    FLOOR_JETTY("floor-jetty", "the same servlet in Jetty 12.1"),
    TOMCAT("everwire-tomcat", "Everwire in its default mode as a filter of Tomcat 11"),
    TOMCAT_JAKARTA("everwire-tomcat-jakarta", "the same with Jakarta WebSocket instead of Tomcat's upgrade"),
    JETTY("everwire-jetty", "Everwire in its default mode as a filter of Jetty 12.1"),
    BEFORE_TOMCAT("before-tomcat", "everwire-tomcat as built in the checkout of --before"),
    BEFORE_JETTY("before-jetty", "everwire-jetty as built in the checkout of --before"),
    SPRING_WEBSOCKET(
            "spring-websocket", "TextWebSocketHandler of Spring 7 on Tomcat 11, with sessions for several threads"),
    SPRING_STOMP("spring-stomp", "STOMP with the simple broker of Spring 7 on Tomcat 11; Spring converts the payloads"),
    SPRING_SOCKJS("spring-sockjs", "the handler of spring-websocket behind SockJS, transport xhr-polling"),
    NETTY_SOCKETIO_TOMCAT(
            "netty-socketio-tomcat", "netty-socketio on a second port, in the process of an idle Tomcat 11"),
    SOCKET_IO_JAVA(
            "socket.io-server-java",
            "socket.io-server 4.0.1 on engine.io-server 6.3.2, Jetty 12.1 and Jakarta WebSocket; payloads stay its JSONObject");

    /** The servers of an earlier build; they need {@code --before}. */
    static final Set<Peer> EARLIER = EnumSet.of(BEFORE_LOOP, BEFORE, BEFORE_TOMCAT, BEFORE_JETTY);

    /** The servers in servlet containers, which the module {@code host-benchmarks} has. */
    static final Set<Peer> IN_CONTAINERS = EnumSet.of(
            FLOOR_TOMCAT,
            FLOOR_JETTY,
            TOMCAT,
            TOMCAT_JAKARTA,
            JETTY,
            SPRING_WEBSOCKET,
            SPRING_STOMP,
            SPRING_SOCKJS,
            NETTY_SOCKETIO_TOMCAT,
            SOCKET_IO_JAVA);

    /** The servers of {@link Scenario#HOSTED}, unless {@code --servers} names others. */
    static final Set<Peer> HOSTED = EnumSet.of(
            FLOOR,
            FLOOR_TOMCAT,
            FLOOR_JETTY,
            EVERWIRE,
            WEBFLUX,
            TOMCAT,
            JETTY,
            SPRING_WEBSOCKET,
            SPRING_STOMP,
            SPRING_SOCKJS,
            NETTY_SOCKETIO_TOMCAT,
            SOCKET_IO_JAVA);

    /** The options of every server that runs on a JVM. */
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

    /** Returns the protocol of its clients. */
    Protocol protocol() {
        return switch (this) {
            case SPRING_STOMP -> Protocol.STOMP;
            case SPRING_SOCKJS -> Protocol.SOCKJS;
            default -> Protocol.SOCKET_IO;
        };
    }

    /** Returns whether the server runs on a JVM, whose live heap can be counted. */
    boolean isJvm() {
        return this != NODE;
    }

    /** Returns all servers that need neither an earlier build nor a container. */
    static Set<Peer> current() {
        Set<Peer> current = EnumSet.complementOf(EnumSet.copyOf(EARLIER));
        current.removeAll(IN_CONTAINERS);
        return current;
    }

    static Peer of(String label) {
        for (Peer peer : values()) {
            if (peer.label.equals(label)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("--servers: no server is called \"" + label + "\"");
    }

    /**
     * Returns the command that starts the server.
     *
     * @param module the folder of the benchmarks in this checkout
     * @param before the root of the earlier checkout; null if there is none
     */
    List<String> command(Machine machine, Path module, @Nullable Path before) {
        if (this == NODE) {
            return List.of("node", module.resolve("js/server.mjs").toString());
        }
        List<String> command = new ArrayList<>(List.of(machine.java()));
        command.addAll(FLAGS);
        if (machine.javaVersion() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath(module, before), main()));
        command.addAll(arguments());
        return command;
    }

    private List<String> arguments() {
        return switch (this) {
            case FLOOR_JSON -> List.of("JSON");
            case EVERWIRE_LOOP, BEFORE_LOOP -> List.of("EVENT_LOOP");
            case EVERWIRE, BEFORE, WEBFLUX -> List.of("MAILBOX");
            case TOMCAT, BEFORE_TOMCAT, FLOOR_TOMCAT -> List.of("TOMCAT");
            case FLOOR_JETTY -> List.of("JETTY");
            case TOMCAT_JAKARTA -> List.of("JAKARTA");
            default -> List.of();
        };
    }

    /** Returns the name of the main class. Those in containers are in a module that depends on this one. */
    private String main() {
        return switch (this) {
            case FLOOR, FLOOR_JSON -> FloorServer.class.getName();
            case WEBFLUX -> EverwireReactorServer.class.getName();
            case NETTY_SOCKETIO -> NettySocketioServer.class.getName();
            case FLOOR_TOMCAT, FLOOR_JETTY -> "io.everwire.benchmarks.hosts.FloorContainerServer";
            case TOMCAT, BEFORE_TOMCAT, TOMCAT_JAKARTA -> "io.everwire.benchmarks.hosts.TomcatServer";
            case JETTY, BEFORE_JETTY -> "io.everwire.benchmarks.hosts.JettyServer";
            case SPRING_WEBSOCKET -> "io.everwire.benchmarks.hosts.SpringWebSocketServer";
            case SPRING_STOMP -> "io.everwire.benchmarks.hosts.SpringStompServer";
            case SPRING_SOCKJS -> "io.everwire.benchmarks.hosts.SpringSockJsServer";
            case NETTY_SOCKETIO_TOMCAT -> "io.everwire.benchmarks.hosts.NettySocketioTomcatServer";
            case SOCKET_IO_JAVA -> "io.everwire.benchmarks.hosts.SocketIoJavaServer";
            default -> EverwireServer.class.getName();
        };
    }

    /**
     * Returns the class path. netty-socketio was built for another Netty than Everwire: it runs on its own libraries, so
     * that it is at its best. An earlier build runs on its own classes and libraries only.
     */
    private String classPath(Path module, @Nullable Path before) {
        if (this == NETTY_SOCKETIO) {
            return module.resolve("target/classes") + ":" + module.resolve("target/peer") + "/*";
        }
        Path target = module.resolveSibling("host-benchmarks/target");
        if (this == NETTY_SOCKETIO_TOMCAT) {
            return module.resolve("target/classes") + ":" + module.resolve("target/peer") + "/*:"
                    + target.resolve("classes") + ":" + target.resolve("tomcat") + "/*";
        }
        if (IN_CONTAINERS.contains(this)) {
            return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
        }
        if (!EARLIER.contains(this)) {
            return System.getProperty("java.class.path");
        }
        if (before == null) {
            throw new IllegalStateException(label + " needs an earlier checkout");
        }
        boolean hosted = this == BEFORE_TOMCAT || this == BEFORE_JETTY;
        Path earlier = before.resolve(hosted ? "host-benchmarks/target" : "benchmarks/target");
        return earlier.resolve("classes") + ":" + earlier.resolve("lib") + "/*";
    }
}
