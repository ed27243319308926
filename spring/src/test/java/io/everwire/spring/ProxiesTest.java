package io.everwire.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.everwire.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Handlers are called through the proxies of their beans. */
class ProxiesTest {
    static final class Transactions extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;

        transient List<String> ended = new ArrayList<>();

        @Override
        protected Object doGetTransaction() {
            return "transaction";
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            ended.add("commit");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            ended.add("rollback");
        }

        static boolean within(TransactionStatus status) {
            return !status.isCompleted();
        }
    }

    @Configuration
    @EnableTransactionManagement
    static class TransactionConfiguration {
        @Bean
        Transactions transactionManager() {
            return new Transactions();
        }
    }

    @SocketIoController
    static class Orders {
        private final List<String> stored = new ArrayList<>(List.of("first"));

        @OnEvent("order")
        @Transactional
        int order(String item) {
            if (item.isEmpty()) {
                throw new IllegalStateException("no item");
            }
            stored.add(item);
            return TransactionSynchronizationManager.isActualTransactionActive() ? stored.size() : -1;
        }
    }

    @Test
    void aTransactionSurroundsTheHandler() {
        try (AnnotationConfigApplicationContext context =
                Contexts.start(TransactionConfiguration.class, Orders.class)) {
            TestClient alice = Contexts.server(context).connect();

            assertThat(alice.emitWithAck("order", "tea").answer()).containsExactly(2);
            assertThat(alice.emitWithAck("order", "").answered()).isFalse();
            assertThat(context.getBean(Transactions.class).ended).containsExactly("commit", "rollback");
        }
    }

    @SocketIoController
    static class FinalMethod {
        @OnEvent("order")
        final int order() {
            return 1;
        }

        @Transactional
        public void other() {}
    }

    @SocketIoController
    static class PrivateMethod {
        @OnEvent("order")
        private int order() {
            return 1;
        }

        @Transactional
        public void other() {}
    }

    interface Other {
        void other();
    }

    @SocketIoController
    static class NotOnTheInterface implements Other {
        @OnEvent("order")
        public int order() {
            return 1;
        }

        @Override
        @Transactional
        public void other() {}
    }

    /** Without this check, the handler would run with the empty fields of the proxy, or without its advice. */
    @Test
    void methodsThatAProxyCannotPassOnAreFoundAtTheStart() {
        fails(FinalMethod.class, "order is final");
        fails(PrivateMethod.class, "Switch its visibility");
        fails(NotOnTheInterface.class, "Either pull the method up to an interface");
    }

    private static void fails(Class<?> controller, String part) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Contexts.start(TransactionConfiguration.class, controller))
                .withMessageContaining("order")
                .withMessageContaining(part);
    }
}
