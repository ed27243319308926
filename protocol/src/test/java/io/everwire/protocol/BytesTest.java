package io.everwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    private final byte[] array = {1, 2, 3, 4, 5};
    private final Bytes middle = Bytes.of(array, 1, 4);

    @Test
    void isAView() {
        assertThat(middle.length()).isEqualTo(3);
        assertThat(middle.array()).isSameAs(array);
        assertThat(middle.offset()).isEqualTo(1);
        assertThat(middle.end()).isEqualTo(4);
        assertThat(middle.at(0)).isEqualTo((byte) 2);
        assertThat(middle.slice(1, 3).array()).isSameAs(array);
        assertThat(middle.slice(1, 3).toByteArray()).containsExactly(3, 4);
        assertThat(middle.slice(3, 3).isEmpty()).isTrue();
    }

    @Test
    void looksNoFurtherThanItsEnds() {
        for (int outside : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> middle.at(outside)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> middle.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.of(array, 4, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isEqualByItsBytes() {
        Bytes same = Bytes.of(new byte[] {2, 3, 4});
        assertThat(middle).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(Bytes.of(array));
        assertThat(Bytes.EMPTY).isEqualTo(middle.slice(1, 1));
    }

    @Test
    void isUtf8() {
        assertThat(Bytes.utf8("\u20AC").toByteArray()).containsExactly(0xE2, 0x82, 0xAC);
        assertThat(Bytes.utf8("\u20AC")).hasToString("\u20AC");
        assertThat(Bytes.utf8("\uD83D")).hasToString("?");
        assertThat(Bytes.of(new byte[] {(byte) 0xFF})).hasToString("\uFFFD");
    }
}
