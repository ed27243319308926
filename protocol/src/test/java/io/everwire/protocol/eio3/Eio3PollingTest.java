package io.everwire.protocol.eio3;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordedHead;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a poll's response and the number of packets in it, for each kind of client (C2). */
class Eio3PollingTest {
    private static final String CHROME =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/100.0 Safari/537.36";
    private static final String REACT_NATIVE = "okhttp/3.12.1";

    /** Clients 1.4 to 2.5 have the same requests, so that one form must suit all of them. */
    @ParameterizedTest
    @CsvSource({
        "EIO=3&t=Q86ltJn,           browser, 200,    text/plain",
        "EIO=3&t=Q86ltJn,           browser, 32000,  text/plain",
        "EIO=3&t=Q86ltJn,           browser, 33000,  octet-stream",
        "EIO=3&t=Q86ltJn,           browser, 200000, octet-stream",
        "EIO=3,                     browser, 200000, octet-stream",
        "EIO=3&t=Q86ltJn,           other,   200000, text/plain",
        "EIO=3&t=Q86ltJn&b64=1,     browser, 200000, text/plain",
        "EIO=3&t=Q86ltJn&j=0,       browser, 200000, text/javascript",
        "EIO=3&t=1405512345678-0,   other,   200,    octet-stream",
        "EIO=2&t=1405512345678-0,   browser, 200000, octet-stream",
        "EIO=2&t=1405512345678-0&b64=1, browser, 200000, text/plain"
    })
    void formsOfOnePacket(String query, String agent, int length, String type) {
        Response response = polling(query, agent).answer(List.of(packet(length)));
        assertThat(response.headers().get(1)).contains(type);
        assertThat(response.body().length()).isGreaterThan(length);
    }

    /** Many short packets are as long for a client as one long packet, and cost it more. */
    @ParameterizedTest
    @CsvSource({
        "EIO=3&t=Q86ltJn,         browser, 3276",
        "EIO=3&t=Q86ltJn,         other,   3276",
        "EIO=3&t=Q86ltJn&b64=1,   browser, 10000",
        "EIO=3&t=Q86ltJn&j=0,     browser, 10000",
        "EIO=3&t=1405512345678-0, browser, 3276"
    })
    void packetsOfOneResponse(String query, String agent, int fitting) {
        List<Encoded> packets = Collections.nCopies(10_000, packet(10));
        assertThat(polling(query, agent).fitting(packets)).isEqualTo(fitting);
    }

    @Test
    void onePacketFitsWithAnyLength() {
        Eio3Polling polling = polling("EIO=3&t=Q86ltJn", "browser");
        assertThat(polling.fitting(List.of(packet(1_000_000)))).isEqualTo(1);
        assertThat(polling.fitting(List.of(packet(1_000_000), packet(10)))).isEqualTo(1);
        assertThat(polling.fitting(List.of(packet(10), packet(1_000_000)))).isEqualTo(1);
        assertThat(polling.fitting(List.of(packet(10), packet(20)))).isEqualTo(2);
    }

    /** The rest follows with the next polls, in order, and is counted as queued until then. */
    @Test
    void theRestFollows() {
        GenerationHost host = new GenerationHost(new Eio3(), SessionOptions.DEFAULTS);
        String target = "/socket.io/?EIO=3&transport=polling&t=Q86ltJn";
        RequestHead head = new RecordedHead("GET", target, List.of("User-Agent", CHROME), false);
        host.request(head, Bytes.EMPTY);
        String poll = target + "&sid=" + host.sid();
        for (int i = 0; i < 10; i++) {
            Encoded packet = packet(20_000 + i);
            host.call(session -> session.send(packet, 0));
        }
        for (int first : new int[] {0, 3, 6}) {
            String body = host.get(poll).response().body().toString();
            assertThat(body)
                    .contains("2000" + first, "2000" + (first + 1), "2000" + (first + 2))
                    .hasSizeLessThan(66_000);
        }
        assertThat(waiting(host)).isEqualTo(20_009 + Encoded.OVERHEAD);
        assertThat(host.get(poll).response().body().toString()).startsWith("20009:");
        assertThat(waiting(host)).isZero();
    }

    private static int waiting(GenerationHost host) {
        int[] waiting = new int[1];
        host.call(session -> waiting[0] = session.waiting());
        return waiting[0];
    }

    private static Eio3Polling polling(String query, String agent) {
        String target = "/socket.io/?transport=polling&" + query;
        String value = agent.equals("browser") ? CHROME : REACT_NATIVE;
        RecordedHead head = new RecordedHead("GET", target, List.of("User-Agent", value), false);
        return Eio3Polling.of(head, Eio3Dialect.of(target));
    }

    /** Returns a packet of this length that contains its length. */
    private static Encoded packet(int length) {
        String start = "42[\"" + length;
        return Encoded.text(Bytes.utf8(start + "x".repeat(Math.max(0, length - start.length()))));
    }
}
