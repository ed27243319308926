package io.everwire.benchmarks.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Frames that cost more than their bytes: compressed, repeated, or in very small pieces. */
enum FrameFlood implements Shape {
    BOMBS("compression-bombs", "compressed messages of 50 KB that would expand to 50 MB") {
        @Override
        int clients(Scene scene) {
            return scene.sized(100, 20);
        }

        @Override
        String headers() {
            return "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        }

        @Override
        byte[] frames() {
            Deflater deflater = new Deflater(9, true);
            byte[] zeros = new byte[1_000_000];
            byte[] out = new byte[50_000];
            int length = 0;
            while (length < out.length) {
                deflater.setInput(zeros);
                while (!deflater.needsInput() && length < out.length) {
                    length += deflater.deflate(out, length, out.length - length);
                }
            }
            deflater.end();
            return repeated(Frame.of(Frame.FIN | Frame.RSV1 | Frame.TEXT, out), 1);
        }
    },
    PINGS("ping-flood", "pings of 125 bytes from clients that do not read the pongs") {
        @Override
        int clients(Scene scene) {
            return scene.sized(100, 20);
        }

        @Override
        byte[] frames() {
            return repeated(Frame.of(Frame.FIN | Frame.PING, new byte[125]), 16_000);
        }
    },
    FRAGMENTS("fragment-flood", "messages in fragments of one byte") {
        @Override
        int clients(Scene scene) {
            return scene.sized(200, 40);
        }

        @Override
        byte[] frames() {
            byte[] first = repeated(Frame.of(Frame.TEXT, Wire.utf8("4")), 1);
            byte[] others = repeated(Frame.of(Frame.CONTINUATION, Wire.utf8("x")), 100_000);
            byte[] all = Arrays.copyOf(first, first.length + others.length);
            System.arraycopy(others, 0, all, first.length, others.length);
            return all;
        }
    };

    private static final int RECEIVE_BUFFER = 4_096;
    private final String label;
    private final String description;

    FrameFlood(String label, String description) {
        this.label = label;
        this.description = description;
    }

    abstract int clients(Scene scene);

    /** Returns the bytes that each client sends. */
    abstract byte[] frames();

    String headers() {
        return "";
    }

    /** Returns whether the clients read. */
    boolean reads() {
        return this != PINGS;
    }

    static byte[] repeated(ByteBuf frame, int times) {
        byte[] one = new byte[frame.readableBytes()];
        frame.readBytes(one);
        frame.release();
        byte[] all = new byte[one.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return all;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        byte[] frames = frames();
        scene.each(
                clients(scene),
                i -> scene.network()
                        .connect(scene.port(), RECEIVE_BUFFER)
                        .thenCompose(connection -> connection.upgrade(Wire.EIO4.webSocket("", ""), headers()))
                        .thenApply(connection -> connection.reading(reads()).send(Unpooled.wrappedBuffer(frames))));
        scene.pause(scene.sized(10_000, 2_000));
    }
}
