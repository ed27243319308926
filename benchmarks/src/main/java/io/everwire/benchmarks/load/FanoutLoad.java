package io.everwire.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** A load in which one client publishes to rooms in turn, and their members receive. Counts deliveries. */
final class FanoutLoad implements Load {
    private final ClientGroup group;
    private final Frames frames;
    private final Dialect[] receivers;
    private final int inFlight;
    private final Publisher publisher;
    private final LoadRun run;

    // On the event loop
    private long delivered;
    private long published;
    private final long[] publishedAt;

    /**
     * Creates a load that is not opened yet.
     *
     * @param receivers one receiver for each client of the room
     * @param sender the dialect of the publishing client
     * @param rooms the number of rooms on the server; the publishing client is in all but one
     */
    FanoutLoad(ClientGroup group, Frames frames, Dialect[] receivers, Dialect sender, int inFlight, int rooms) {
        this.group = group;
        this.run = new LoadRun(group);
        this.frames = frames;
        this.receivers = receivers;
        this.inFlight = inFlight;
        this.publisher = new Publisher(sender, rooms - 1);
        this.publishedAt = new long[inFlight];
    }

    @Override
    public void open() {
        List<Supplier<WebSocketPeer>> all = new ArrayList<>();
        Arrays.stream(receivers).forEach(dialect -> all.add(() -> new Receiver(dialect)));
        all.add(() -> publisher);
        group.open(all);
        // A server that joins the room in a handler may report the connection shortly before.
        Clients.await(group.clients().after(500));
    }

    @Override
    public void start() {
        run.start(() -> publish(inFlight));
    }

    @Override
    public void stop() {
        run.stop();
    }

    @Override
    public long done() {
        return run.done();
    }

    @Override
    public Latencies latencies() {
        return run.latencies();
    }

    @Override
    public void close() {
        group.close();
    }

    private void publish(int count) {
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            publishedAt[(int) ((published + i) % inFlight)] = now;
        }
        publisher.send(frames.run(published, count));
        published += count;
    }

    private void delivered(int frames) {
        long before = delivered / receivers.length;
        delivered += frames;
        run.count(frames);
        int complete = (int) (delivered / receivers.length - before);
        if (complete > 0) {
            long now = System.nanoTime();
            for (int i = 0; i < complete; i++) {
                run.add(now - publishedAt[(int) ((before + i) % inFlight)]);
            }
            if (run.running()) {
                publish(complete);
            } else if (delivered == published * receivers.length) {
                run.ended();
            }
        }
    }

    private final class Receiver extends WebSocketPeer {
        Receiver(Dialect dialect) {
            super(dialect, "join=room");
        }

        @Override
        void ready() {
            group.ready();
        }

        @Override
        void received(int frames) {
            delivered(frames);
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                group.ended("receiver");
            }
        }
    }

    private final class Publisher extends WebSocketPeer {
        Publisher(Dialect dialect, int rooms) {
            super(dialect, "publish=room&rooms=" + rooms);
        }

        @Override
        void ready() {
            group.ready();
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                group.ended("publisher");
            }
        }
    }
}
