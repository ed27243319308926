package io.everwire.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameCounterTest {
    private final List<String> listener = new ArrayList<>();
    private final FrameCounter counter = new FrameCounter((close, payload, length) -> {
        listener.add(close ? "close" : new String(payload, 0, length, StandardCharsets.UTF_8));
        return false;
    });

    @Test
    void countsLongFramesAndTellsShortOnes() {
        assertThat(counter.count(all())).isEqualTo(3);
        assertThat(listener).containsExactly("2", "", "close");
    }

    @Test
    void doesNotMindHowTheyAreCut() {
        ByteBuf all = all();
        int frames = 0;
        while (all.isReadable()) {
            frames += counter.count(all.readSlice(1));
        }
        assertThat(frames).isEqualTo(3);
        assertThat(listener).containsExactly("2", "", "close");
    }

    private static ByteBuf all() {
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(new byte[] {(byte) 0x81, 1, '2'});
        out.writeBytes(new byte[] {(byte) 0x81, 100}).writeZero(100);
        out.writeBytes(new byte[] {(byte) 0x81, 0});
        out.writeByte(0x82).writeByte(126).writeShort(1024).writeZero(1024);
        out.writeByte(0x82).writeByte(127).writeLong(70_000).writeZero(70_000);
        return out.writeBytes(new byte[] {(byte) 0x88, 2, 3, (byte) 0xE8});
    }
}
