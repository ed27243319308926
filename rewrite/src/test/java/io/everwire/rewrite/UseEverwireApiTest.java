package io.everwire.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

class UseEverwireApiTest implements RewriteTest {
    private static final String OLD_CHAT = """
            import com.corundumstudio.socketio.SocketIOClient;
            import com.corundumstudio.socketio.SocketIONamespace;

            class Chat {
                static void add(SocketIONamespace chat) {
                    chat.addConnectListener(client -> {
                        client.joinRoom("lobby");
                        welcome(client, client.getHandshakeData().getSingleUrlParam("name"));
                    });
                    chat.addEventListener("say", String.class, (client, text, ack) -> chat.getRoomOperations("lobby").sendEvent("said", text));
                    chat.addEventListener("count", String.class, (client, room, ack) -> {
                        if (!client.getAllRooms().contains(room)) {
                            client.joinRoom(room);
                        }
                        ack.sendAckData(chat.getRoomOperations(room).getClients().size());
                    });
                    chat.addDisconnectListener(client -> chat.getBroadcastOperations().sendEvent("left", 1));
                }

                private static void welcome(SocketIOClient client, String name) {
                    client.sendEvent("welcome", name, client.getNamespace().getName());
                }
            }
            """;

    private static final String NEW_CHAT = """
            import io.everwire.Namespace;
            import io.everwire.Socket;

            class Chat {
                static void add(Namespace chat) {
                    chat.onConnection(client -> {
                        client.join("lobby");
                        welcome(client, client.handshake().query("name"));
                    });
                    chat.on("say", String.class, (client, text) -> chat.to("lobby").emit("said", text));
                    chat.onCall("count", String.class, (client, room) -> {
                        if (!client.rooms().contains(room)) {
                            client.join(room);
                        }
                        return chat.to(room).sockets().size();
                    });
                    chat.onDisconnect((client, reason) -> chat.everybody().emit("left", 1));
                }

                private static void welcome(Socket client, String name) {
                    client.emit("welcome", name, client.namespace().name());
                }
            }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipeFromResource("/META-INF/rewrite/everwire.yml", "io.everwire.rewrite.UseEverwireApi")
                .parser(JavaParser.fromJavaVersion().classpath(JavaParser.runtimeClasspath()))
                .afterTypeValidationOptions(TypeValidation.none());
    }

    @Test
    void aChat() {
        rewriteRun(java(OLD_CHAT, NEW_CHAT));
    }

    /** The expected code is real: it compiles with Everwire. */
    @Test
    void theResultCompiles(@TempDir Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        for (String source : List.of(OLD_CHAT, NEW_CHAT)) {
            JavaFileObject file =
                    new SimpleJavaFileObject(URI.create("string:///Chat.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            boolean compiled = compiler.getTask(
                            messages,
                            null,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-classpath",
                                    System.getProperty("java.class.path")),
                            null,
                            List.of(file))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    @Test
    void decisionsOfAPersonAreCommented() {
        rewriteRun(java("""
                import com.corundumstudio.socketio.*;

                class A {
                    void start() {
                        Configuration configuration = new Configuration();
                        SocketIOServer server = new SocketIOServer(configuration);
                        server.start();
                    }

                    void use(SocketIOClient client) {
                        client.set("a", 1);
                        System.out.println(client.getSessionId());
                    }
                }
                """, """
                import com.corundumstudio.socketio.Configuration;
                import io.everwire.Socket;
                import io.everwire.SocketIoServer;

                class A {
                    void start() {
                        Configuration configuration = /* Everwire: ServerOptions.builder() */ new Configuration();
                        SocketIoServer server = /* Everwire: SocketIoServer.create(options) */ new SocketIoServer(configuration);
                        /* Everwire: bind(new InetSocketAddress(port)) */ server.start();
                    }

                    void use(Socket client) {
                        /* Everwire: attributes().set(KEY, value) with a typed Attribute */ client.set("a", 1);
                        System.out.println(/* Everwire: id() is a String, and another one in each namespace */ client.id());
                    }
                }
                """));
    }

    /** The calls of the public demo of netty-socketio: a listener that sends its ack first, and asks the client for acks. */
    @Test
    void theListenerOfTheDemoWithAcks() {
        rewriteRun(java("""
                import com.corundumstudio.socketio.AckCallback;
                import com.corundumstudio.socketio.SocketIOServer;
                import com.corundumstudio.socketio.VoidAckCallback;

                class A {
                    void add(SocketIOServer server) {
                        server.addEventListener("chatevent", String.class, (client, data, ack) -> server.getBroadcastOperations().sendEvent("chatevent", data));
                        server.addEventListener("ackevent1", String.class, (client, data, ack) -> {
                            ack.sendAckData("delivered", "yeah!");
                            client.sendEvent("ackevent2", new AckCallback<String>(String.class) {
                                @Override
                                public void onSuccess(String result) {}
                            }, data);
                        });
                        server.addEventListener("msg", byte[].class, (client, data, ack) -> client.sendEvent("msg", data));
                        server.stop();
                    }
                }
                """, """
                import com.corundumstudio.socketio.AckCallback;
                import com.corundumstudio.socketio.VoidAckCallback;
                import io.everwire.SocketIoServer;

                class A {
                    void add(SocketIoServer server) {
                        server.on("chatevent", String.class, (client, data) -> /* Everwire: reaches only /; each namespace has everybody() */ server.everybody().emit("chatevent", data));
                        /* Everwire: onCall returns the ack; onRaw sends it with Arguments.ack */ server.addEventListener("ackevent1", String.class, (client, data, ack) -> {
                            ack.sendAckData("delivered", "yeah!");
                            /* Everwire: call(name, Type.class, values), a future */ client.sendEvent("ackevent2", new AckCallback<String>(String.class) {
                                @Override
                                public void onSuccess(String result) {}
                            }, data);
                        });
                        server.on("msg", byte[].class, (client, data) -> client.emit("msg", data));
                        server.close();
                    }
                }
                """));
    }

    @Test
    void otherCodeIsUnchanged() {
        rewriteRun(java("""
                import java.util.List;

                class A {
                    int start(List<String> list) {
                        return list.size();
                    }
                }
                """));
    }
}
