package io.everwire.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The additional contract of generations that report queued bytes and whether they can write. */
public abstract class DeliveryContract extends GenerationContract {
    private static final Packet EVENT = new Packet.Event(
            "/", Packet.NO_ACK, JsonArray.of(Bytes.utf8("\"event\""), Bytes.utf8("\"argument\"")), List.of());

    @Test
    void aLineIsWritableWhileItsPeerReads() {
        GenerationHost host = host();
        RecordingLine line = openLine(host);
        assertThat(writable(host)).isTrue();
        assertThat(waiting(host)).isZero();

        host.send(EVENT);
        assertThat(waiting(host)).isZero();
        line.writable(false);
        assertThat(writable(host)).isFalse();
        host.send(EVENT);
        int one = waiting(host);
        assertThat(one).isBetween(15, 250);
        host.send(EVENT);
        assertThat(waiting(host)).isEqualTo(2 * one);

        line.writable(true);
        assertThat(writable(host)).isTrue();
        assertThat(waiting(host)).isZero();
    }

    @Test
    void pollingIsWritableWhileAPollIsPending() {
        GenerationHost host = host();
        openPolling(host);
        assertThat(writable(host)).isFalse();
        host.send(EVENT);
        assertThat(waiting(host)).isBetween(15, 250);
        host.get(pollTarget(host.sid()));
        assertThat(waiting(host)).isZero();
        assertThat(writable(host)).isFalse();

        host.get(pollTarget(host.sid()));
        assertThat(writable(host)).isTrue();
        host.send(EVENT);

        assertThat(writable(host)).isFalse();
        assertThat(waiting(host)).isZero();
    }

    @Test
    void nothingWaitsForWhoIsGone() {
        GenerationHost host = host();
        openPolling(host);
        host.send(EVENT);

        host.close(CloseReason.PARSE_ERROR);

        assertThat(writable(host)).isFalse();
        assertThat(waiting(host)).isZero();
    }

    private static boolean writable(GenerationHost host) {
        AtomicBoolean writable = new AtomicBoolean();
        host.call(session -> writable.set(session.writable()));
        return writable.get();
    }

    private static int waiting(GenerationHost host) {
        AtomicInteger waiting = new AtomicInteger();
        host.call(session -> waiting.set(session.waiting()));
        return waiting.get();
    }
}
