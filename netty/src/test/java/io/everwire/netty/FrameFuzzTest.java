package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.everwire.engine.frames.FrameDecoder;
import io.everwire.engine.frames.FrameHeader;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.text.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arbitrary bytes in arbitrary reads: the decoder finds the same messages as Netty's. */
class FrameFuzzTest {
    private static final int ROUNDS = 10_000;
    private static final int MAX_PAYLOAD = 300;
    private static final int[] HEADS = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8A, 0x88, 0xC1, 0x83};

    @Test
    void frames() {
        Random random = new Random(6455);
        for (int i = 0; i < ROUNDS; i++) {
            ByteBuf bytes = Unpooled.buffer();
            for (int count = random.nextInt(6); count >= 0; count--) {
                byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(320) : random.nextInt(12)];
                for (int at = 0; at < payload.length; at++) {
                    payload[at] = (byte) (random.nextInt(200) == 0 ? 0xFF : 'a');
                }
                frame(bytes, HEADS[random.nextInt(HEADS.length)], payload);
            }
            for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
                bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt(256));
            }
            compare(bytes, random.nextLong());
        }
    }

    @FuzzTest
    void fuzz(byte[] bytes) {
        compare(Unpooled.wrappedBuffer(bytes), 1);
    }

    private static void compare(ByteBuf bytes, long seed) {
        Random random = new Random(seed);
        Found found = new Found();
        FrameDecoder reader = new FrameDecoder(MAX_PAYLOAD, 100, null, found);
        ByteBuf rest = bytes.duplicate();
        BufferInput input = new BufferInput();
        while (rest.isReadable()) {
            ByteBuf part = rest.readSlice(Math.min(rest.readableBytes(), 1 + random.nextInt(40)));
            input.exchange(part);
            reader.read(input);
            assertThat(part.isReadable()).isFalse();
        }
        assertThat(found.all).isEqualTo(expected(bytes.duplicate()));
    }

    private static void frame(ByteBuf out, int head, byte[] payload) {
        out.writeByte(head).writeByte(0x80 | FrameHeader.secondByte(payload.length));
        if (FrameHeader.size(payload.length) == 4) {
            out.writeShort(payload.length);
        }
        byte[] mask = {0x37, (byte) 0xFA, 0x21, 0x3D};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ mask[i & 3]);
        }
    }

    private static List<String> expected(ByteBuf bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .maxFramePayloadLength(MAX_PAYLOAD)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build()));
        String broken = "";
        try {
            channel.writeInbound(bytes.copy());
        } catch (CorruptedWebSocketFrameException e) {
            broken = "broken " + e.closeStatus().code();
        } catch (DecoderException e) {
            broken = "broken 1002";
        }
        Expected expected = new Expected();
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            expected.add(frame);
            frame.release();
        }
        expected.add(broken);
        channel.finishAndReleaseAll();
        return expected.all;
    }

    /** Records the calls of the decoder. */
    private static final class Found implements FrameDecoder.Listener {
        final List<String> all = new ArrayList<>();

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void message(byte[] payload, boolean text) {
            all.add(text ? "text " + new String(payload, StandardCharsets.UTF_8) : "binary " + payload.length);
        }

        @Override
        public void ping(byte[] payload) {
            all.add("ping " + new String(payload, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void closing(int code) {
            all.add("closing " + code);
        }

        @Override
        public void limitReached(int code, ReachedLimit reached) {
            all.add("broken " + code);
        }

        @Override
        public void violation(int code, String message) {
            all.add("broken " + code);
        }
    }

    /** The messages that the frames of Netty's decoder amount to. */
    private static final class Expected {
        final List<String> all = new ArrayList<>();
        private final ByteBuf message = Unpooled.buffer();
        private boolean text;
        private boolean over;

        void add(String broken) {
            if (!over && !broken.isEmpty()) {
                over = true;
                all.add(broken);
            }
        }

        void add(WebSocketFrame frame) {
            if (over || frame instanceof PongWebSocketFrame) {
                return;
            }
            if (frame instanceof CloseWebSocketFrame close) {
                over = true;
                byte[] reason = close.reasonText().getBytes(StandardCharsets.UTF_8);
                // Netty checks the UTF-8 of a reason only if it checks all text.
                boolean valid = close.content().readableBytes() - 2 == reason.length || reason.length == 0;
                // RFC 6455, section 7.4.2, defines no codes from 5000 on; Netty accepts them.
                boolean undefined = close.statusCode() >= 5000;
                all.add(!valid ? "broken 1007" : undefined ? "broken 1002" : "closing " + close.statusCode());
            } else if (frame instanceof PingWebSocketFrame) {
                all.add("ping " + frame.content().toString(StandardCharsets.ISO_8859_1));
            } else {
                addData(frame);
            }
        }

        private void addData(WebSocketFrame frame) {
            if (!(frame instanceof ContinuationWebSocketFrame)) {
                text = frame instanceof TextWebSocketFrame;
                assertThat(text || frame instanceof BinaryWebSocketFrame).isTrue();
                message.clear();
            }
            message.writeBytes(frame.content());
            byte[] bytes = new byte[message.readableBytes()];
            message.getBytes(0, bytes);
            if (bytes.length > MAX_PAYLOAD) {
                add("broken 1009");
            } else if (frame.isFinalFragment() && text && !Utf8.isValid(bytes, 0, bytes.length)) {
                add("broken 1007");
            } else if (frame.isFinalFragment()) {
                all.add(text ? "text " + new String(bytes, StandardCharsets.UTF_8) : "binary " + bytes.length);
            }
        }
    }
}
