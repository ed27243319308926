package io.everwire.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

/** Validation of arguments, with Hibernate Validator. */
class ValidationTest {
    record Message(@NotBlank String text, @Min(1) int times) {}

    @Configuration
    static class ValidatorConfiguration {
        @Bean
        static LocalValidatorFactoryBean defaultValidator() {
            return new LocalValidatorFactoryBean();
        }

        @Bean
        static MethodValidationPostProcessor methodValidation(LocalValidatorFactoryBean validator) {
            MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
            processor.setValidator(validator);
            processor.setProxyTargetClass(true);
            return processor;
        }

        @Bean
        static ConstraintViolationTranslator constraintViolationTranslator() {
            return new ConstraintViolationTranslator();
        }
    }

    @SocketIoController
    static class Chat {
        @OnEvent("say")
        String say(@Valid Message message) {
            return message.text();
        }
    }

    @Test
    void theWrongFieldsAreTheAck() {
        try (AnnotationConfigApplicationContext context = Contexts.start(ValidatorConfiguration.class, Chat.class)) {
            TestClient alice = Contexts.server(context).connect();

            assertThat(alice.emitWithAck("say", Map.of("text", "hello", "times", 1))
                            .answer())
                    .containsExactly("hello");
            assertThat(alice.emitWithAck("say", Map.of("text", " ", "times", 1)).answer())
                    .containsExactly(Map.of(
                            "error",
                            "bad_arguments",
                            "message",
                            "the arguments are not valid",
                            "data",
                            List.of(Map.of("field", "text", "message", "must not be blank"))));
        }
    }

    @Component
    @Validated
    static class Store {
        void store(@Size(max = 3) String text) {}
    }

    @SocketIoController
    @Validated
    static class Strict {
        private final Store store;

        Strict(Store store) {
            this.store = store;
        }

        @OnEvent("name")
        String name(@NotBlank String name) {
            return name;
        }

        @OnEvent("store")
        void store(String text) {
            store.store(text);
        }

        @OnEvent("result")
        @NotBlank
        String result() {
            return "";
        }
    }

    @Test
    void violationsThatTheProxyFindsAreTheAckToo() {
        try (AnnotationConfigApplicationContext context =
                Contexts.start(ValidatorConfiguration.class, Store.class, Strict.class)) {
            TestClient alice = Contexts.server(context).connect();

            assertThat(alice.emitWithAck("name", "Ann").answer()).containsExactly("Ann");
            assertThat(alice.emitWithAck("name", "").answer())
                    .containsExactly(Map.of(
                            "error",
                            "bad_arguments",
                            "message",
                            "the arguments are not valid",
                            "data",
                            List.of(Map.of("field", "name", "message", "must not be blank"))));
            // Mistakes of the server: the client learns nothing of them.
            assertThat(alice.emitWithAck("store", "long text").answered()).isFalse();
            assertThat(alice.emitWithAck("result").answered()).isFalse();
        }
    }

    @Test
    void aMissingValidatorIsFoundAtTheStart() {
        ControllersTest.fails(Chat.class, "@OnEvent Chat.say", "@Valid", "spring-boot-starter-validation");
    }
}
