package io.everwire.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FloorJsonTest {
    private static final String OBJECT = "{\"id\":1,\"user\":\"u\",\"x\":0.5,\"y\":2.0,\"moving\":true,\"text\":\"t\"}";

    @Test
    void whatWasReadIsWrittenAgain() {
        ByteBuf frames = Unpooled.buffer();
        frame(frames, 0x81, "40");
        frame(frames, 0x81, "42[\"echo\"," + OBJECT.replace("\":", "\" : ") + "]");
        frame(frames, 0x81, "42101[\"ack\"," + OBJECT + "]");
        frame(frames, 0x88, "{");

        ByteBuf expected = Unpooled.buffer();
        frame(expected, 0x81, "40");
        frame(expected, 0x81, "42[\"echo\"," + OBJECT + "]");
        frame(expected, 0x81, "42101[\"ack\"," + OBJECT + "]");
        frame(expected, 0x88, "{");
        assertThat(new FloorJson().rewritten(frames)).isEqualTo(expected);
        assertThat(frames.refCnt()).isZero();
    }

    private static void frame(ByteBuf out, int type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        out.writeByte(type).writeByte(bytes.length).writeBytes(bytes);
    }
}
