package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.util.Version;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NettyVersionTest {
    @Test
    void theVersionOfTheseTestsIsTheTestedOne() {
        assertThat(Version.identify().get("netty-transport").artifactVersion()).isEqualTo(NettyVersion.TESTED);
        assertThatCode(NettyVersion::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.0.Final", "4.2.15.Final", "4.3.1.Final", "5.0.0.Alpha5", "?", ""})
    void newAndUnknownVersionsPass(String version) {
        assertThat(NettyVersion.problem(Map.of("netty-common", version), false)).isNull();
    }

    @Test
    void anOldArtifactIsNamedWithThePropertyToSet() {
        assertThat(NettyVersion.problem(
                        Map.of("netty-common", "4.2.18.Final", "netty-transport", "4.1.135.Final"), false))
                .isEqualTo("Everwire needs Netty 4.2 (tested: 4.2.18.Final), but this application has netty-transport"
                        + " 4.1.135.Final; a parent or BOM of your build manages this version: set its property"
                        + " netty.version, or import io.netty:netty-bom before it, to 4.2.18.Final");
        assertThat(NettyVersion.problem(Map.of("netty-common", "3.10.6.Final"), true))
                .endsWith("has netty-common 3.10.6.Final; Spring Boot manages this version: set the property"
                        + " netty.version of your build to 4.2.18.Final");
    }

    /** Drivers of databases bring artifacts of their own, which the host does not use. */
    @Test
    void otherArtifactsDoNotMatter() {
        assertThat(NettyVersion.problem(Map.of("netty-codec-dns", "4.1.100.Final"), false))
                .isNull();
    }
}
