package io.everwire.benchmarks.attack;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Fast POSTs whose last byte never arrives, many for one session. */
final class SlowPosts implements Shape {
    private static final int POSTS = 50;
    private static final byte[] BODY = new byte[200_000];

    @Override
    public String label() {
        return "slow-posts";
    }

    @Override
    public String description() {
        return "50 POSTs for one session of each generation, each without its last byte";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        for (Wire wire : Wire.values()) {
            String sid;
            try {
                sid = Client.handshake(scene.network(), scene.port(), wire, "", "")
                        .orTimeout(Watch.PATIENT_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException e) {
                scene.reject(String.valueOf(e.getMessage()));
                continue;
            }
            scene.each(
                    POSTS,
                    i -> scene.network()
                            .connect(scene.port())
                            .thenApply(connection -> connection
                                    .send(RawConnection.postHead(wire.post(sid), wire.contentType(), BODY.length))
                                    .send(Unpooled.wrappedBuffer(BODY, 0, BODY.length - 1))));
        }
        scene.observe();
        // Several times the timeout of a body: 10 s, or 2 s in the short form.
        scene.pause(scene.sized(60_000, 9_000));
        List<RawConnection> open = scene.network().connections().stream()
                .filter(RawConnection::isOpen)
                .toList();
        scene.bound(open.isEmpty(), open.size() + " unfinished POSTs are still open");
    }
}
