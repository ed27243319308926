package io.everwire.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.everwire.BroadcastOperator;
import io.everwire.DynamicNamespaces;
import io.everwire.EngineServer;
import io.everwire.Handshake;
import io.everwire.Namespace;
import io.everwire.RemoteSocket;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.SocketOperator;
import io.socket.client.IO;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Applications mock the interfaces of the API in their tests, and containers put proxies in front of them. */
final class MocksAndProxiesTest {
    private static final long TIMEOUT_SECONDS = 60;

    @ParameterizedTest
    @ValueSource(
            classes = {
                SocketIoServer.class,
                Namespace.class,
                DynamicNamespaces.class,
                Socket.class,
                EngineServer.class,
                BroadcastOperator.class,
                SocketOperator.class,
                RemoteSocket.class,
                Handshake.class
            })
    void everyTypeOfTheApiIsAnInterfaceThatCanBeImplemented(Class<?> type) {
        assertThat(type).isInterface();
        assertThat(type.isSealed()).as("sealed").isFalse();
        assertThat(mock(type)).isInstanceOf(type);
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null);
        assertThat(proxy).isInstanceOf(type);
    }

    @Test
    void anEmitToARoomIsVerified() {
        SocketIoServer server = mock(SocketIoServer.class);
        BroadcastOperator room = mock(BroadcastOperator.class);
        when(server.to("match 7")).thenReturn(room);

        new Scores(server).publish(7, 42);

        verify(room).emit("score", 42);
    }

    @Test
    void anEmitToASocketIsVerified() {
        Socket player = mock(Socket.class);
        Handshake handshake = mock(Handshake.class);
        when(player.handshake()).thenReturn(handshake);
        when(handshake.query()).thenReturn(Map.of("match", "7"));

        Scores.joined(player);

        verify(player).join("match 7");
        verify(player).emit("welcome", "7");
        verify(player, never()).send(any());
    }

    @Test
    void aLazyServerIsCreatedOnFirstUse() throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            Chat chat = context.getBean(Chat.class);
            assertThat(chat.server()).isInstanceOf(Proxy.class);
            assertThat(context.getBeanFactory().containsSingleton("server")).isFalse();

            assertThat(chat.server().sockets()).isEmpty();
            assertThat(context.getBeanFactory().containsSingleton("server")).isTrue();
        }
    }

    @Test
    void eventsPassThroughTheProxyUntilTheContextCloses() throws Exception {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class);
        Chat chat = context.getBean(Chat.class);
        chat.server().onDisconnect((socket, reason) -> seen.add(reason.toString()));
        int port = chat.open();
        IO.Options options =
                IO.Options.builder().setForceNew(true).setReconnection(false).build();
        io.socket.client.Socket client = IO.socket(URI.create("http://127.0.0.1:" + port), options);
        try {
            client.on("said", args -> seen.add(args[0]));
            client.connect();
            client.emit("say", "hello");
            assertThat(seen.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");

            context.close();
            assertThat(seen.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("server shutting down");
        } finally {
            client.close();
            context.close();
        }
    }

    /** A service of an application. */
    record Scores(SocketIoServer server) {
        void publish(int match, int score) {
            server.to("match " + match).emit("score", score);
        }

        static void joined(Socket player) {
            String match = player.handshake().query().get("match");
            player.join("match " + match);
            player.emit("welcome", match);
        }
    }

    /** Another service, which uses the server after the context has started. */
    record Chat(SocketIoServer server) {
        int open() throws Exception {
            server.on("say", String.class, (socket, text) -> server.emit("said", text));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return server.host().address().getPort();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean(destroyMethod = "close")
        @Lazy
        SocketIoServer server() {
            return SocketIoServer.create();
        }

        @Bean
        Chat chat(@Lazy SocketIoServer server) {
            return new Chat(server);
        }
    }
}
