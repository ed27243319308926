package io.everwire.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.Handshake;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.wire.RecordedHead;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoreHandshakeTest {
    @Test
    void theQueryIsDecodedAndTheLastOfEqualNamesWins() {
        assertThat(query("/socket.io/")).isEmpty();
        assertThat(query("/socket.io/?")).isEmpty();
        assertThat(query("/socket.io/?a=1")).isEqualTo(Map.of("a", "1"));
        assertThat(query("/socket.io/?a=1&b=2&a=3")).isEqualTo(Map.of("a", "3", "b", "2"));
        assertThat(query("/socket.io/?a&b=&&=c")).isEqualTo(Map.of("a", "", "b", "", "", "c"));
        assertThat(query("/socket.io/?a=b=c&d=e?f")).isEqualTo(Map.of("a", "b=c", "d", "e?f"));
        assertThat(query("/socket.io/?a=x+y%20z&%61b=%C3%A9")).isEqualTo(Map.of("a", "x y z", "ab", "é"));
    }

    @Test
    void aMalformedQueryIsTakenAsItStands() {
        assertThat(query("/?a=%&b=%z&c=%zz&d=%C3"))
                .containsEntry("a", "%")
                .containsEntry("b", "%z")
                .containsEntry("c", "%zz")
                .containsKey("d");
    }

    @Test
    void headersAreInSmallLettersAndJoinedInTheirOrder() {
        Handshake handshake = handshake("/", null, "Cookie", "a=1", "X-One", "1", "x-one", "2", "X-ONE", "");

        assertThat(handshake.headers()).isEqualTo(Map.of("cookie", "a=1", "x-one", "1, 2, "));
    }

    @Test
    void authIsReadFromWhatTheClientGaveOrFromAnEmptyObject() {
        assertThat(handshake("/", null).auth(String.class)).isEqualTo("{}");
        assertThat(handshake("/", Bytes.utf8("{\"token\":1}")).auth(String.class))
                .isEqualTo("{\"token\":1}");
    }

    private static Map<String, String> query(String target) {
        return handshake(target, null).query();
    }

    private static Handshake handshake(String target, @Nullable Bytes auth, String... headers) {
        return new CoreHandshake(
                RecordedHead.get(target, headers),
                "stub",
                "polling",
                Instant.EPOCH,
                new Packet.Connect("/", auth),
                new AsItStands(),
                null);
    }

    /** Reads any JSON as its text. */
    private static final class AsItStands implements JsonCodec {
        @Override
        public byte[] write(@Nullable Object value, List<byte[]> attachments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments) {
            return Bytes.of(json, from, to).toString();
        }
    }
}
