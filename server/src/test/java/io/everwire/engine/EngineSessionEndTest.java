package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a session, also by exceptions. */
class EngineSessionEndTest extends OpenSession {
    @Test
    void theEndIsToldOnceAndTheSessionIsForgotten() {
        assertThat(engine.size()).isOne();

        loop.inside(() -> {
            session.close(CloseReason.FORCED_CLOSE);
            session.close(CloseReason.TRANSPORT_CLOSE);
            listener.closed(CloseReason.PING_TIMEOUT);
        });

        assertThat(told)
                .containsExactly("close: forced close", "client closed: forced close", "close: transport close");
        assertThat(engine.size()).isZero();
    }

    @Test
    void afterTheEndNothingIsReportedAndNoTimerMade() {
        loop.inside(() -> {
            listener.wakeAt(now + 10);
            session.close(CloseReason.FORCED_CLOSE);
            told.clear();
            listener.wakeAt(now + 5);
            listener.packet(new Packet.Disconnect("/"));
            listener.transport("polling");
        });
        loop.fire(0);

        assertThat(told).isEmpty();
        assertThat(loop.timers()).isEmpty();
    }

    @Test
    void aPeersMistakeClosesTheSessionWithItsReason() {
        generation.reaction = call -> {
            if (call.startsWith("text")) {
                throw new ProtocolException(CloseReason.PARSE_ERROR, "nonsense");
            }
        };

        loop.inside(() -> session.text(line, Bytes.utf8("a")));

        assertThat(told).containsExactly("text a", "close: parse error", "client closed: parse error");
    }

    @Test
    void ourMistakeClosesTheSessionAndGetsNoFurther() {
        for (Throwable mistake : List.of(new IllegalStateException("ours"), new StackOverflowError("ours"))) {
            EngineSession victim = open();
            told.clear();
            generation.reaction = call -> {
                if (call.startsWith("send") || call.startsWith("text") || call.startsWith("binary")) {
                    sneaky(mistake);
                }
            };

            loop.inside(() -> {
                victim.send(encoded("a"));
                victim.text(line, Bytes.utf8("b"));
                victim.binary(line, Bytes.utf8("c"));
                victim.execute(() -> told.add("goes on"));
            });

            assertThat(told)
                    .startsWith("send a", "close: forced server close", "client closed: forced server close", "text b")
                    .endsWith("goes on");
        }
    }

    @Test
    void aSessionThatCannotBeClosedIsOverAllTheSame() {
        generation.reaction = call -> {
            throw new IllegalStateException("ours");
        };

        loop.inside(() -> session.text(line, Bytes.utf8("a")));

        assertThat(told).endsWith("client closed: forced server close");
        assertThat(engine.size()).isZero();
    }

    @Test
    void aLineThatFailedEndsASessionThatWasToBeginWithIt() {
        loop.inside(session::lineFailed);

        assertThat(told).containsExactly("close: transport error", "client closed: transport error");
    }

    @Test
    void aLineThatFailedDoesNotEndASessionThatLives() {
        loop.inside(() -> {
            listener.transport("polling");
            session.lineFailed();
        });

        assertThat(told).containsExactly("client is reached by polling");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
