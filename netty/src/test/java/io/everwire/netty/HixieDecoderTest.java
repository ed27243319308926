package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of hixie-75 and hixie-76, and the messages in them. */
class HixieDecoderTest {
    private final HixieDecoder text = new HixieDecoder(10);

    /** Returns one byte for each character. */
    private static ByteBuf bytes(String bytes) {
        return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    }

    private List<String> receive(ByteBuf in) {
        List<String> messages = new ArrayList<>();
        for (byte[] message = text.next(in); message != null; message = text.next(in)) {
            messages.add(new String(message, StandardCharsets.UTF_8));
        }
        assertThat(in.isReadable()).isFalse();
        return messages;
    }

    @Test
    void messagesStandBetweenTwoBytes() {
        assertThat(receive(bytes("\0hello\u00FF\0\u00FF\0a"))).containsExactly("hello", "");
        assertThat(receive(bytes("b\u00FF"))).containsExactly("ab");
    }

    @Test
    void messagesAreJoinedWhereverTheyAreCut() {
        String sent = "\0h\u00C3\u00A9\u00FF\0\u00E2\u0082\u00AC\u00FF\u00FF\0";
        for (int cut = 0; cut <= sent.length(); cut++) {
            HixieDecoderTest peer = new HixieDecoderTest();
            List<String> messages = new ArrayList<>(peer.receive(bytes(sent.substring(0, cut))));
            messages.addAll(peer.receive(bytes(sent.substring(cut))));
            assertThat(messages).containsExactly("hé", "€");
            assertThat(peer.text.closed()).isTrue();
        }
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        assertThat(receive(bytes("\u00FF\0\0late\u00FF"))).isEmpty();
        assertThat(receive(bytes("\0later\u00FF\1"))).isEmpty();
        assertThat(text.closed()).isTrue();
    }

    /** F4: the original truncated such messages, or closed. */
    @Test
    void theReplacementCharacterIsACharacter() {
        assertThat(receive(bytes("\0a\u00EF\u00BF\u00BDb\u00FF"))).containsExactly("a\uFFFDb");
    }

    @Test
    void messagesOfTheLimitAreTaken() {
        assertThat(receive(bytes("\0abcdefghij\u00FF"))).containsExactly("abcdefghij");
        assertThat(receive(bytes("\0abcde"))).isEmpty();
        assertThat(receive(bytes("fghij\u00FF"))).containsExactly("abcdefghij");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0abcdefghijk\u00FF",
                "\0abcdefghijk",
                "\1",
                "\u007F",
                "\u0080",
                "\u00FE",
                "\u00FF\1",
                "\u00FF\u00FF",
                "GET /",
                "\0\u00C0\u0080\u00FF",
                "\0\u00E2\u0082\u00FF",
                "\0\u00ED\u00A0\u0080\u00FF"
            })
    void violationsAreNoMessages(String broken) {
        assertThatThrownBy(() -> receive(bytes(broken))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void partialMessagesAreLimited() {
        assertThat(receive(bytes("\0"))).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(receive(bytes("x"))).isEmpty();
        }
        assertThatThrownBy(() -> receive(bytes("x")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("maxHttpBufferSize: the limit is 10, not 11");
    }
}
