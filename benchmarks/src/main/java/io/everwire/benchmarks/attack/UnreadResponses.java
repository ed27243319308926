package io.everwire.benchmarks.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Pipelined requests for the client file, whose responses nobody reads. */
final class UnreadResponses implements Shape {
    private static final int PIPELINED = 16;
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public String label() {
        return "unread-responses";
    }

    @Override
    public String description() {
        return "16 pipelined requests for the client file on each connection, without reading";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        byte[] request = Wire.utf8("GET /socket.io/socket.io.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        ByteBuf requests = Unpooled.buffer();
        for (int i = 0; i < PIPELINED; i++) {
            requests.writeBytes(request);
        }
        scene.each(
                scene.sized(1_000, 200),
                i -> scene.network()
                        .connect(scene.port(), RECEIVE_BUFFER)
                        .thenApply(connection -> connection.reading(false).send(requests.retainedDuplicate())));
        scene.pause(scene.sized(5_000, 1_500));
        requests.release();
    }
}
