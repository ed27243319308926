package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.wire.RecordedHead;
import org.junit.jupiter.api.Test;

/** Lines and bodies of a session that does not read for a while. */
class EngineSessionReadingTest extends OpenSession {
    @Test
    void aLineIsNotReadAndReadAgain() {
        loop.inside(() -> {
            session.lineOpened(line);
            session.reading(false);
            session.reading(true);
        });

        assertThat(told).containsExactly("opened line", "line is not read", "line is read");
    }

    @Test
    void aLineThatComesMeanwhileIsNotReadEither() {
        loop.inside(() -> {
            session.reading(false);
            session.lineOpened(line);
        });

        assertThat(told).containsExactly("line is not read", "opened line");
    }

    @Test
    void aSecondLineThatComesAndGoesTakesNothingFromTheFirst() {
        StubLine intruder = new StubLine("intruder", loop, told);
        loop.inside(() -> {
            session.lineOpened(line);
            session.lineOpened(intruder);
            session.lineClosed(intruder, CloseReason.TRANSPORT_CLOSE);
            told.clear();
            session.reading(false);
        });

        assertThat(told).containsExactly("line is not read");
    }

    @Test
    void linesAreToldOnTheirOwnLoops() {
        StubLine elsewhere = new StubLine("elsewhere", other, told);
        loop.inside(() -> session.lineOpened(line));
        other.inside(() -> session.lineOpened(elsewhere));
        loop.run();
        told.clear();

        loop.inside(() -> session.reading(false));
        other.run();

        assertThat(told).containsExactly("line is not read", "elsewhere is not read");
    }

    @Test
    void bodiesWaitWhileNothingIsRead() {
        StubExchange one = new StubExchange(RecordedHead.get("/1"), loop);
        StubExchange two = new StubExchange(RecordedHead.get("/2"), loop);
        loop.inside(() -> {
            session.reading(false);
            session.body(one, Bytes.utf8("a"));
            session.body(two, Bytes.utf8("b"));
            session.send(Encoded.text(Bytes.utf8("c")));
            assertThat(told).containsExactly("send c");

            session.reading(true);
        });

        assertThat(told).containsExactly("send c", "body a", "body b");
    }

    @Test
    void aRequestThatIsGoneWhileItsBodyWaitsIsGoneOnly() {
        StubExchange exchange = new StubExchange(RecordedHead.get("/1"), loop);
        loop.inside(() -> {
            session.reading(false);
            session.body(exchange, Bytes.utf8("a"));
            session.gone(exchange);
            session.reading(true);
        });

        assertThat(told).containsExactly("gone");
    }

    @Test
    void aSessionThatEndsWhileBodiesWaitIsGivenThemToRefuse() {
        StubExchange exchange = new StubExchange(RecordedHead.get("/1"), loop);
        loop.inside(() -> {
            session.reading(false);
            session.body(exchange, Bytes.utf8("a"));
            session.close(CloseReason.FORCED_CLOSE);
        });

        assertThat(told).containsExactly("close: forced close", "client closed: forced close", "body a");
    }
}
