package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CloseReason;
import io.everwire.LimitOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code unusedTimeout}, tested for each generation. */
public abstract class UnusedTimeoutContract {
    /** Shorter than all timeouts of the generations. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofSeconds(5);

    private final List<String> reported = new ArrayList<>();
    private final TestServer test = server(TIMEOUT);

    /** Opens a session by HTTP and returns its id. */
    protected abstract String open(TestServer server);

    /** Sends the first poll of a session. */
    protected abstract void poll(TestServer server, String sid);

    /** Sends a message of a session in a POST. */
    protected abstract void post(TestServer server, String sid);

    /** Opens a WebSocket that sends nothing afterwards. */
    protected abstract TestWebSocket listen(TestServer server);

    private TestServer server(Duration timeout) {
        return TestServer.create(ServerOptions.builder()
                .limits(LimitOptions.builder().unusedTimeout(timeout).build())
                .observer(new ServerObserver() {
                    @Override
                    public void limitReached(String option) {
                        reported.add(option);
                    }

                    @Override
                    public void closed(String generation, CloseReason reason) {
                        reported.add(reason.toString());
                    }
                })
                .build());
    }

    @Test
    void aSessionThatIsNeverUsedIsClosed() {
        open(test);

        test.advance(TIMEOUT.minusMillis(1));
        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
        test.advance(Duration.ofMillis(1));

        assertThat(test.server().engine().clientsCount()).isZero();
        assertThat(reported).containsExactly("unusedTimeout", "transport error");
        assertThat(test.time().timers()).isZero();
    }

    @Test
    void eachSessionHasTheWholeTime() {
        open(test);
        test.advance(TIMEOUT.minusMillis(1));
        for (int i = 0; i < 10; i++) {
            open(test);
        }
        test.advance(Duration.ofMillis(1));
        assertThat(test.server().engine().clientsCount()).isEqualTo(10);
        test.advance(TIMEOUT.minusMillis(2));
        assertThat(test.server().engine().clientsCount()).isEqualTo(10);
        test.advance(Duration.ofMillis(1));
        assertThat(test.server().engine().clientsCount()).isZero();
    }

    @Test
    void aPollIsAUse() {
        poll(test, open(test));

        test.advance(LONG);

        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
        assertThat(reported).isEmpty();
    }

    @Test
    void aMessageIsAUse() {
        post(test, open(test));

        test.advance(LONG);

        assertThat(test.server().engine().clientsCount()).isEqualTo(1);
        assertThat(reported).isEmpty();
    }

    @Test
    void aSilentClientWithAWebSocketIsSpared() {
        TestWebSocket line = listen(test);

        test.advance(LONG);

        assertThat(line.closed()).isFalse();
        assertThat(reported).isEmpty();
    }

    @Test
    void zeroClosesNothing() {
        TestServer patient = server(Duration.ZERO);
        open(patient);

        patient.advance(LONG);

        assertThat(patient.server().engine().clientsCount()).isEqualTo(1);
        assertThat(reported).isEmpty();
    }
}
