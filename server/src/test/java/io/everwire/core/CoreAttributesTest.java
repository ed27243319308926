package io.everwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.Attribute;
import org.junit.jupiter.api.Test;

class CoreAttributesTest {
    private final Attribute<String> name = Attribute.of("name");
    private final CoreAttributes attributes = new CoreAttributes();

    @Test
    void whatMustBeThereIsNamedIfItIsNot() {
        assertThat(attributes.get(name)).isNull();
        assertThatThrownBy(() -> attributes.require(name))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("attributes: \"name\" has no value");

        attributes.set(name, "Ada");

        assertThat(attributes.require(name)).isEqualTo("Ada");
        assertThat(attributes.get(name)).isEqualTo("Ada");
    }
}
