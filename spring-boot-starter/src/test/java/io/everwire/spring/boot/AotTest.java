package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.SocketIoServer;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

/** AOT processing, on the JVM: the generated code creates the same application. */
class AotTest {
    record Move(int x, int y) {}

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        EverwireAutoConfiguration.class,
        EverwirePortAutoConfiguration.class,
        SslAutoConfiguration.class
    })
    @Import(Mover.class)
    static class Application {}

    @SocketIoController
    static class Mover {
        @OnEvent("move")
        Move move(Move move) {
            return new Move(move.x() + 1, move.y() + 1);
        }
    }

    private static final TestPropertyValues PROPERTIES =
            TestPropertyValues.of("everwire.port.number=0", "everwire.port.address=127.0.0.1");

    @Test
    @CompileWithForkedClassLoader
    void theGeneratedApplicationServesClients() {
        AnnotationConfigApplicationContext processed = new AnnotationConfigApplicationContext();
        PROPERTIES.applyTo(processed);
        processed.register(Application.class);
        TestGenerationContext generated = new TestGenerationContext(Application.class);

        new ApplicationContextAotGenerator().processAheadOfTime(processed, generated);
        generated.writeGeneratedContent();

        assertThat(RuntimeHintsPredicates.resource().forResource("io/everwire/clientfiles/4.8.4/socket.io.js"))
                .accepts(generated.getRuntimeHints());
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Mover.class, "move"))
                .accepts(generated.getRuntimeHints());
        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                PROPERTIES.applyTo(context);
                initializer(compiled.getInstance(ApplicationContextInitializer.class))
                        .initialize(context);
                context.refresh();
                int port =
                        context.getBean(SocketIoServer.class).host().address().getPort();
                try (Client client = Client.connect("http://127.0.0.1:" + port, "websocket", Map.of())) {
                    assertThat(client.call("move", new org.json.JSONObject(Map.of("x", 1, "y", 2))))
                            .isEqualTo("{\"x\":2,\"y\":3}");
                }
            }
        });
    }

    @SuppressWarnings("unchecked") // The generated initializer is one of this type.
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(Object initializer) {
        return (ApplicationContextInitializer<GenericApplicationContext>) initializer;
    }
}
