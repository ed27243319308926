package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmallListTest {
    @Test
    void noElementIsNull() {
        assertThat(SmallList.all(null)).isEmpty();
        assertThat(SmallList.without(null, "a")).isNull();
    }

    @Test
    void oneElementIsItself() {
        Object list = SmallList.with(null, "a");

        assertThat(list).isEqualTo("a");
        assertThat(SmallList.all(list)).containsExactly("a");
        assertThat(SmallList.without(list, "b")).isSameAs(list);
        assertThat(SmallList.without(list, "a")).isNull();
    }

    @Test
    void severalElementsKeepTheirOrder() {
        Object list = list("a", "b", "c");

        assertThat(SmallList.all(list)).containsExactly("a", "b", "c");
        assertThat(SmallList.all(SmallList.without(list, "b"))).containsExactly("a", "c");
        assertThat(SmallList.all(SmallList.without(list, "d"))).containsExactly("a", "b", "c");
    }

    @Test
    void twoElementsWithoutOneAreTheOtherItself() {
        assertThat(SmallList.without(list("a", "b"), "a")).isEqualTo("b");
        assertThat(SmallList.without(list("a", "b"), "b")).isEqualTo("a");
        assertThat(SmallList.without(list("a", "a"), "a")).isNull();
    }

    @Test
    void changesLeaveTheListAsItWas() {
        Object list = list("a", "b");
        List<String> before = SmallList.all(list);
        SmallList.with(list, "c");
        SmallList.without(list, "a");

        assertThat(SmallList.all(list)).containsExactly("a", "b").isSameAs(before);
    }

    private static @Nullable Object list(String... elements) {
        Object list = null;
        for (String element : elements) {
            list = SmallList.with(list, element);
        }
        return list;
    }
}
