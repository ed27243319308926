package io.everwire.engine.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.engine.Compression;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
    private static final Compression.Deflate FORGETS = new Compression.Deflate(10, false, 1);
    private static final Compression.Deflate REMEMBERS = new Compression.Deflate(10, true, 1);
    private static final String NAME = "permessage-deflate";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "Permessage-Deflate ; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=\"10\"; server_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate"
            })
    void acceptableOffersAreAccepted(String offer) {
        assertThat(DeflateOffer.accept(offer, FORGETS))
                .isEqualTo(NAME + "; server_no_context_takeover; client_no_context_takeover");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "permessage-deflated",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; unknown",
                "permessage-deflate;",
                ";",
                ";permessage-deflate"
            })
    void unacceptableOffersAreIgnored(String offer) {
        assertThat(DeflateOffer.accept(offer, FORGETS)).isNull();
    }

    @Test
    void takeoverIsTheServersUnlessTheClientCannot() {
        assertThat(DeflateOffer.accept(NAME, REMEMBERS)).isEqualTo(NAME);
        String asked = DeflateOffer.accept(NAME + "; server_no_context_takeover", REMEMBERS);
        assertThat(asked).isEqualTo(NAME + "; server_no_context_takeover");
        assertThat(DeflateOffer.isServerStateless(NAME)).isFalse();
        assertThat(DeflateOffer.isServerStateless(String.valueOf(asked))).isTrue();
    }

    /** B16: RFC 7692, section 7.1.2.1, and the Node server (ws 8). */
    @Test
    void aWindowThatIsAskedForIsNamed() {
        assertThat(DeflateOffer.accept(NAME + "; server_max_window_bits=15", REMEMBERS))
                .isEqualTo(NAME + "; server_max_window_bits=15");
        assertThat(DeflateOffer.accept(NAME + "; server_max_window_bits=\"15\"", FORGETS))
                .isEqualTo(
                        NAME + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15");
    }

    @Test
    void noHeaderIsNoOffer() {
        assertThat(DeflateOffer.accept(null, FORGETS)).isNull();
    }

    @Test
    void noHeaderMakesItFail() {
        Random random = new Random(5);
        String[] words = {NAME, ";", ",", "=", "\"", " ", "server_max_window_bits", "client_max_window_bits", "15", "8"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                header.append(words[random.nextInt(words.length)]);
            }
            DeflateOffer.accept(header.toString(), REMEMBERS);
        }
    }
}
