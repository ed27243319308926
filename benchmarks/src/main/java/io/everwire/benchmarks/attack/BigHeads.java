package io.everwire.benchmarks.attack;

/** Handshakes with large headers, whose connections are reset at once: the server keeps what it may need later. */
final class BigHeads implements Shape {
    /** One below the limit of all headers, 16 KiB. */
    private static final String HEADERS = ("X-A: " + "a".repeat(1_900) + "\r\n").repeat(8);

    private static final int FOR_EACH_MEGABYTE = 80;
    private static final int AT_ONCE = 32;

    @Override
    public String label() {
        return "big-heads";
    }

    @Override
    public String description() {
        return "handshakes of every generation with 15.5 KB of headers, reset after the response";
    }

    @Override
    public void attack(Scene scene) throws InterruptedException {
        int count = scene.target().heapMegabytes() * FOR_EACH_MEGABYTE;
        scene.each(count, AT_ONCE, i -> Client.handshake(scene.network(), scene.port(), wire(i), "", HEADERS));
    }

    /** Half of the clients are of Engine.IO 3, which join by themselves. */
    private static Wire wire(int i) {
        return i % 2 == 0 ? Wire.EIO3 : Scene.wire(i / 2);
    }
}
