package io.everwire.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.Attributes;
import io.everwire.CloseReason;
import io.everwire.Handshake;
import io.everwire.Namespace;
import io.everwire.RefusedException;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.testkit.TestCall;
import io.everwire.testkit.TestClient;
import io.everwire.testkit.TestEvent;
import io.everwire.testkit.TestServer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Annotated handlers: their parameters, acks, namespaces and mistakes. */
class ControllersTest {
    record Move(int x, int y) {}

    @SocketIoController
    static class Chat {
        final List<String> left = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        final CompletableFuture<Integer> later = new CompletableFuture<>();

        @OnConnect
        void joined(Socket socket, Handshake handshake) {
            socket.emit("welcome", handshake.generation());
        }

        @OnEvent("say")
        void say(String text, Socket socket, int times) {
            socket.broadcast().emit("said", text, times);
        }

        @OnEvent("add")
        int add(int a, Socket socket, Attributes attributes, int b) {
            return a + b;
        }

        @OnEvent({"move", "step"})
        Move move(Namespace namespace, SocketIoServer server, Move move) {
            return new Move(move.x() + 1, move.y() + 1);
        }

        @OnEvent("nothing")
        @Nullable
        String nothing() {
            return null;
        }

        @OnEvent("two")
        Ack two() {
            return Ack.of(1, 2);
        }

        @OnEvent("later")
        CompletionStage<Integer> later() {
            return later;
        }

        @OnEvent("mono")
        Mono<List<String>> mono(List<String> words) {
            return Mono.just(words);
        }

        @OnEvent("monoVoid")
        Mono<Void> monoVoid() {
            return Mono.empty();
        }

        @OnEvent("monoFails")
        Mono<String> monoFails() {
            return Mono.error(new RefusedException("not now"));
        }

        @OnEvent("optional")
        String optional(Optional<Integer> first, @Nullable String second) {
            return first.map(String::valueOf).orElse("none") + " " + second;
        }

        @OnEvent("raw")
        int raw(Arguments arguments) {
            return arguments.size();
        }

        @OnEvent("bytes")
        byte[] bytes(byte[] data) {
            return data;
        }

        @OnMessage
        void message(String text, Socket socket) {
            socket.send("echo " + text);
        }

        @OnEvent("broken")
        void broken() {
            throw new IllegalArgumentException("broken");
        }

        @OnError
        void onIllegalArgument(IllegalArgumentException failure) {
            failures.add("argument: " + failure.getMessage());
        }

        @OnError
        void onIllegalState(Socket socket, IllegalStateException failure) {
            failures.add("state: " + failure.getMessage());
        }

        @OnDisconnect(disconnecting = true)
        void leaving(Socket socket) {
            left.add("leaving with rooms: " + socket.rooms().size());
        }

        @OnDisconnect
        void left(CloseReason reason, Socket socket) {
            left.add(reason + " with rooms: " + socket.rooms().size());
        }
    }

    @Test
    void parametersHaveAnyOrderAndReturnedValuesAreAcks() {
        try (AnnotationConfigApplicationContext context = Contexts.start(Chat.class)) {
            TestServer test = Contexts.server(context);
            TestClient bob = test.connect();
            TestClient alice = test.connect();

            assertThat(alice.received()).containsExactly(TestEvent.of("welcome", "testkit"));
            assertThat(alice.emitWithAck("say", "hello", 2).answer()).isEmpty();
            assertThat(bob.received()).contains(TestEvent.of("said", "hello", 2));
            assertThat(alice.emitWithAck("add", 3, 4).answer()).containsExactly(7);
            assertThat(alice.emitWithAck("move", Map.of("x", 1, "y", 2)).answer())
                    .containsExactly(Map.of("x", 2, "y", 3));
            assertThat(alice.emitWithAck("step", Map.of("x", 5, "y", 5)).answer())
                    .containsExactly(Map.of("x", 6, "y", 6));
            assertThat(alice.emitWithAck("nothing").answer()).containsExactly((Object) null);
            assertThat(alice.emitWithAck("two").answer()).containsExactly(1, 2);
            assertThat(alice.emitWithAck("raw", 1, 2, 3).answer()).containsExactly(3);
        }
    }

    @Test
    void acksMayComeLater() {
        try (AnnotationConfigApplicationContext context = Contexts.start(Chat.class)) {
            TestClient alice = Contexts.server(context).connect();

            TestCall call = alice.emitWithAck("later");
            assertThat(call.answered()).isFalse();
            context.getBean(Chat.class).later.complete(9);
            assertThat(call.answer()).containsExactly(9);
            assertThat(alice.emitWithAck("mono", List.of("a", "b")).answer()).containsExactly(List.of("a", "b"));
            assertThat(alice.emitWithAck("monoVoid").answer()).isEmpty();
            assertThat(alice.emitWithAck("monoFails").answer())
                    .containsExactly(Map.of("error", "refused", "message", "not now"));
        }
    }

    @Test
    void argumentsMayBeMissingOnlyIfTheParameterSaysSo() {
        try (AnnotationConfigApplicationContext context = Contexts.start(Chat.class)) {
            TestClient alice = Contexts.server(context).connect();

            assertThat(alice.emitWithAck("optional").answer()).containsExactly("none null");
            assertThat(alice.emitWithAck("optional", null, null).answer()).containsExactly("none null");
            assertThat(alice.emitWithAck("optional", 4, "x").answer()).containsExactly("4 x");
            assertThat(alice.emitWithAck("move", (Object) null).answered()).isFalse();
            assertThat(alice.emitWithAck("add", 3).answered()).isFalse();
            assertThat(alice.emitWithAck("add", 3, "four").answered()).isFalse();
        }
    }

    @Test
    void messagesAndFailuresAndTheEndReachTheirMethods() {
        try (AnnotationConfigApplicationContext context = Contexts.start(Chat.class)) {
            TestClient alice = Contexts.server(context).connect();
            Chat chat = context.getBean(Chat.class);

            alice.send("hi");
            assertThat(alice.received()).contains(TestEvent.of("message", "echo hi"));
            alice.emit("broken");
            assertThat(chat.failures).containsExactly("argument: broken");
            alice.disconnect();
            assertThat(chat.left).containsExactly("leaving with rooms: 1", "client namespace disconnect with rooms: 0");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @SocketIoController("${chat.namespace}")
    @interface ChatController {}

    interface Greeting {
        @OnEvent("${chat.event}")
        String greet(String name);
    }

    @ChatController
    static class Composed implements Greeting {
        @Override
        public String greet(String name) {
            return "hello " + name;
        }
    }

    @SocketIoController(pattern = "/game-\\d+")
    static class Games {
        @OnEvent("where")
        String where(Namespace namespace) {
            return namespace.name();
        }
    }

    abstract static class Echoes<T> {
        @OnEvent("echo")
        T echo(T value) {
            return value;
        }
    }

    @SocketIoController({"/moves", "/more-moves"})
    static class MoveEchoes extends Echoes<Move> {}

    @Test
    void namespacesAndNamesComeFromPropertiesPatternsAndInterfaces() {
        try (AnnotationConfigApplicationContext context =
                Contexts.start(Composed.class, Games.class, MoveEchoes.class)) {
            TestServer test = Contexts.server(context);

            assertThat(test.connect("/chat").emitWithAck("greet", "Ann").answer())
                    .containsExactly("hello Ann");
            assertThat(test.connect("/game-7").emitWithAck("where").answer()).containsExactly("/game-7");
            assertThat(test.connect("/moves")
                            .emitWithAck("echo", Map.of("x", 1, "y", 2))
                            .answer())
                    .containsExactly(Map.of("x", 1, "y", 2));
            assertThat(test.connect("/more-moves")
                            .emitWithAck("echo", Map.of("x", 3, "y", 4))
                            .answer())
                    .containsExactly(Map.of("x", 3, "y", 4));
        }
    }

    @SocketIoController
    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped {
        static int created;
        private int calls;

        Scoped() {
            created++;
        }

        @OnEvent("count")
        int count() {
            return ++calls;
        }
    }

    @SocketIoController
    @Lazy
    static class Late {
        static int created;

        Late() {
            created++;
        }

        @OnEvent("late")
        int late() {
            return created;
        }
    }

    @Test
    void scopedAndLazyBeansAreCreatedWhenTheyAreNeeded() {
        Late.created = 0;
        try (AnnotationConfigApplicationContext context = Contexts.start(Scoped.class, Late.class)) {
            TestClient alice = Contexts.server(context).connect();

            assertThat(Late.created).isZero();
            assertThat(alice.emitWithAck("late").answer()).containsExactly(1);
            assertThat(alice.emitWithAck("late").answer()).containsExactly(1);
            int before = Scoped.created;
            assertThat(alice.emitWithAck("count").answer()).containsExactly(1);
            assertThat(alice.emitWithAck("count").answer()).containsExactly(1);
            assertThat(Scoped.created).isGreaterThanOrEqualTo(before + 2);
        }
    }

    @SocketIoController
    static class Guarded {
        @OnConnect
        void joined() {
            throw new RefusedException("not you");
        }
    }

    @Test
    void aRefusedConnectionIsDisconnected() {
        try (AnnotationConfigApplicationContext context = Contexts.start(Guarded.class)) {
            assertThat(Contexts.server(context).connect().connected()).isFalse();
        }
    }

    @Component
    static class Doorway implements io.everwire.Middleware {
        @Override
        public void on(Socket socket) {
            if (!"sesame".equals(socket.handshake().query("word"))) {
                throw new RefusedException("closed");
            }
        }
    }

    /** Otherwise the middleware would protect one namespace, and not the next one that somebody adds. */
    @Test
    void middlewareBeansProtectEveryNamespace() {
        SocketIoServerCustomizer customizer = server -> server.of("/early");
        try (AnnotationConfigApplicationContext context =
                Contexts.start(Doorway.class, Chat.class, Composed.class, Games.class)) {
            customizer.customize(context.getBean(SocketIoServer.class));
            TestServer test = Contexts.server(context);

            for (String namespace : List.of("/", "/chat", "/game-1", "/early")) {
                assertThat(test.connect(namespace).connected()).as(namespace).isFalse();
                assertThat(test.opening()
                                .query("word=sesame")
                                .open()
                                .connect(namespace)
                                .connected())
                        .as(namespace)
                        .isTrue();
            }
        }
    }

    @Component
    static class TimesResolver implements HandlerArgumentResolver {
        @Override
        public boolean supports(org.springframework.core.MethodParameter parameter) {
            return parameter.getParameterType() == java.time.Year.class;
        }

        @Override
        public Object resolve(org.springframework.core.MethodParameter parameter, HandlerCall call) {
            return java.time.Year.of(2010);
        }
    }

    @SocketIoController
    static class Years {
        @OnEvent("year")
        int year(java.time.Year year, int more) {
            return year.getValue() + more;
        }
    }

    @Test
    void resolversOfTheApplicationProvideParameters() {
        try (AnnotationConfigApplicationContext context = Contexts.start(TimesResolver.class, Years.class)) {
            assertThat(Contexts.server(context).connect().emitWithAck("year", 1).answer())
                    .containsExactly(2011);
        }
    }

    @SocketIoController
    static class ManyValues {
        @OnEvent("all")
        Flux<String> all() {
            return Flux.just("a", "b");
        }
    }

    @SocketIoController
    static class Answering {
        @OnConnect
        String joined() {
            return "hello";
        }
    }

    @SocketIoController
    static class WithPayload {
        @OnDisconnect
        void left(String text) {}
    }

    @SocketIoController
    static class Reserved {
        @OnEvent("disconnect")
        void left() {}
    }

    @SocketIoController
    static class Static {
        @OnEvent("e")
        static void e() {}
    }

    @Test
    void mistakesAreFoundWhenTheApplicationStarts() {
        fails(ManyValues.class, "@OnEvent ManyValues.all", "an ack is sent once");
        fails(Answering.class, "@OnConnect Answering.joined", "let it return void");
        fails(WithPayload.class, "@OnDisconnect WithPayload.left", "parameter 1 of type java.lang.String");
        fails(Reserved.class, "@OnEvent Reserved.left", "reserved name");
        fails(Static.class, "@OnEvent Static.e", "static");
    }

    static void fails(Class<?> controller, String... parts) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Contexts.start(controller))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }
}
