package io.everwire.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

class MoveListenersTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(new MoveListeners())
                .parser(JavaParser.fromJavaVersion().classpath(JavaParser.runtimeClasspath()))
                // The calls have the types of netty-socketio until other recipes change them.
                .afterTypeValidationOptions(TypeValidation.none());
    }

    private static String listener(String imports, String statements) {
        return """
                import com.corundumstudio.socketio.*;
                %s
                class A {
                    void add(SocketIOServer server) {
                        %s
                    }
                }
                """.formatted(imports, statements);
    }

    private void moves(String before, String after) {
        rewriteRun(java(listener("", before), listener("", after)));
    }

    @Test
    void aListenerWithoutAnAck() {
        moves(
                "server.addEventListener(\"a\", String.class, (client, data, ack) -> client.joinRoom(data));",
                "server.on(\"a\", String.class, (client, data) -> client.joinRoom(data));");
    }

    @Test
    void aListenerThatOnlySendsAnAck() {
        moves(
                "server.addEventListener(\"a\", Integer.class, (client, data, ack) -> ack.sendAckData(data + 1));",
                "server.onCall(\"a\", Integer.class, (client, data) -> data + 1);");
    }

    @Test
    void aListenerThatSendsItsAckLast() {
        moves("""
                server.addEventListener("a", String.class, (client, data, ack) -> {
                            client.joinRoom(data);
                            ack.sendAckData("ok");
                        });""", """
                server.onCall("a", String.class, (client, data) -> {
                            client.joinRoom(data);
                            return "ok";
                        });""");
    }

    @Test
    void anAckOfSeveralValues() {
        rewriteRun(java("""
                import com.corundumstudio.socketio.SocketIOServer;

                class A {
                    void add(SocketIOServer server) {
                        server.addEventListener("a", String.class, (client, data, ack) -> ack.sendAckData(data, 7));
                    }
                }
                """, """
                import com.corundumstudio.socketio.SocketIOServer;
                import io.everwire.Ack;

                class A {
                    void add(SocketIOServer server) {
                        server.onCall("a", String.class, (client, data) -> Ack.of(data, 7));
                    }
                }
                """));
    }

    @Test
    void otherUsesOfTheAckAreForAPerson() {
        String before = """
                server.addEventListener("a", String.class, (client, data, ack) -> {
                            ack.sendAckData("ok");
                            client.joinRoom(data);
                        });""";
        moves(before, "/* Everwire: onCall returns the ack; onRaw sends it with Arguments.ack */ " + before);
        String twice = """
                server.addEventListener("a", String.class, (client, data, ack) -> {
                            if (data == null) {
                                return;
                            }
                            ack.sendAckData("ok");
                        });""";
        moves(twice, "/* Everwire: onCall returns the ack; onRaw sends it with Arguments.ack */ " + twice);
    }

    @Test
    void listenersOfDisconnections() {
        moves(
                "server.addDisconnectListener(client -> System.out.println(client));",
                "server.onDisconnect((client, reason) -> System.out.println(client));");
        moves(
                "server.addDisconnectListener((SocketIOClient client) -> System.out.println(client));",
                "server.onDisconnect((client, reason) -> System.out.println(client));");
    }

    @Test
    void listenersThatAreNoLambdasAreForAPerson() {
        moves(
                "server.addDisconnectListener(System.out::println);",
                "/* Everwire: onDisconnect((socket, reason) -> ...) */ server.addDisconnectListener(System.out::println);");
    }
}
