package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttributesTest {
    private final Attribute<String> name = Attribute.of("name");
    private final Attributes attributes = new Attributes();

    @Test
    void whatMustBeThereIsNamedIfItIsNot() {
        assertThat(attributes.of(name)).isNull();
        assertThatThrownBy(() -> attributes.require(name))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("attributes: nothing is kept under \"name\"");

        attributes.set(name, "Ada");

        assertThat(attributes.require(name)).isEqualTo("Ada");
        assertThat(attributes.of(name)).isEqualTo("Ada");
    }
}
