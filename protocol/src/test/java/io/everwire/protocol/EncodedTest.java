package io.everwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EncodedTest {
    private static final Bytes MEGABYTE = Bytes.of(new byte[1 << 20]);

    /** One array may be attached many times: a packet that fits no queue must not look small. */
    @Test
    void aSizeBeyondAllNumbersIsTheLargestOfThem() {
        assertThat(attached(2_047).size()).isEqualTo((2_047 << 20) + 2_048 * Encoded.OVERHEAD);
        assertThat(attached(2_048).size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(attached(5_000).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aVariantIsWrittenOnce() {
        List<Encoded> written = new ArrayList<>();
        UnaryOperator<Encoded> writer = encoded -> {
            written.add(encoded);
            return Encoded.text(Bytes.utf8("b"));
        };
        Encoded encoded = Encoded.text(Bytes.utf8("a"));

        assertThat(encoded.variant(writer)).isSameAs(encoded.variant(writer));
        assertThat(written).containsExactly(encoded);
    }

    @Test
    void twoAreEqualThatSayTheSame() {
        Encoded one = new Encoded(Bytes.utf8("a"), List.of(Bytes.EMPTY), false);
        Encoded same = new Encoded(Bytes.utf8("a"), List.of(Bytes.EMPTY), false, true);
        one.variant(UnaryOperator.identity());

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).hasToString("a and 1 attachments");
        assertThat(one).isNotEqualTo(one.compress(false)).isNotEqualTo(Encoded.text(Bytes.utf8("a")));
        assertThat(one.compress(true)).isSameAs(one);
    }

    private static Encoded attached(int megabytes) {
        return new Encoded(Bytes.EMPTY, Collections.nCopies(megabytes, MEGABYTE), false);
    }
}
