package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NettyOptionsTest {
    @Test
    void anOptionOutOfRangeIsNamedWithItsValueAndRange() {
        assertThatThrownBy(() -> NettyOptions.builder().workerThreads(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workerThreads: 0 is not from 1 to 1024");
        assertThatThrownBy(() ->
                        NettyOptions.builder().headTimeout(Duration.ofMillis(1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("headTimeout: 1 ms is not from 100 to 600000 ms");
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() {
        NettyOptions.Builder builder = NettyOptions.builder().backlog(7);
        NettyOptions options = builder.build();
        builder.backlog(8);
        assertThat(options.backlog()).isEqualTo(7);
        assertThat(options.toBuilder().maxPipelined(3).build().backlog()).isEqualTo(7);
    }

    @Test
    void automaticIsWhatIsThere() {
        assertThat(IoBackend.AUTO.resolve()).isNotEqualTo(IoBackend.AUTO);
        assertThat(IoBackend.NIO.resolve()).isEqualTo(IoBackend.NIO);
    }
}
