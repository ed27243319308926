package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.spring.boot.slice.SliceApplication;
import io.everwire.spring.boot.slice.SliceGreetings;
import io.everwire.spring.boot.test.SocketIoTest;
import io.everwire.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ContextConfiguration;

// docs: boot-slice
/** A test of controllers with a server in memory: no port is opened, and time is virtual. */
@SocketIoTest(properties = "everwire.error-acks=failed")
@ContextConfiguration(classes = {SliceApplication.class, SliceTest.Greetings.class})
class SliceTest {
    @Autowired
    TestServer test;

    @Autowired
    ApplicationContext context;

    @TestConfiguration
    static class Greetings {
        @Bean
        SliceGreetings greetings() {
            return name -> "hello " + name;
        }
    }

    @Test
    void controllersRunOnAServerInMemory() {
        assertThat(test.connect("/slice").emitWithAck("greet", "Ann").answer()).containsExactly("hello Ann");
        assertThat(test.connect("/slice").emitWithAck("greet", "").answer())
                .isEqualTo(List.of(Map.of("error", "failed", "message", "the handler failed")));
    }

    @Test
    void timeIsVirtual() {
        var client = test.connect("/slice");
        test.advance(Duration.ofMinutes(10));
        assertThat(client).isNotNull();
    }

    // docs: end

    @Test
    void otherComponentsAreLeftOut() {
        assertThat(context.containsBean("sliceStore")).isFalse();
        assertThat(context.getBeansOfType(io.everwire.spring.boot.slice.SliceController.class))
                .hasSize(1);
    }
}
