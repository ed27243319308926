package io.everwire.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A load of clients that each keep some messages in flight: each answer is followed by the next message. */
final class EchoLoad implements Load {
    private final ClientGroup group;
    private final Frames frames;
    private final int connections;
    private final int window;
    private final int framesOfAnswer;
    private final List<Peer> peers = new ArrayList<>();
    private final LoadRun run;

    // On the event loop
    private int underWay;

    /** @param framesOfAnswer the number of frames of an answer */
    EchoLoad(ClientGroup group, Frames frames, int connections, int window, int framesOfAnswer) {
        this.group = group;
        this.run = new LoadRun(group);
        this.frames = frames;
        this.connections = connections;
        this.window = window;
        this.framesOfAnswer = framesOfAnswer;
    }

    @Override
    public void open() {
        List<Supplier<WebSocketPeer>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = i * window;
            all.add(() -> {
                Peer peer = new Peer(first);
                peers.add(peer);
                return peer;
            });
        }
        group.open(all);
    }

    @Override
    public void start() {
        run.start(() -> peers.forEach(Peer::begin));
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

    private final class Peer extends WebSocketPeer {
        private final long[] sentAt = new long[window];
        private long sent;
        private long answered;
        private int parts;

        Peer(int first) {
            super(Dialect.EIO4, "");
            this.sent = first;
            this.answered = first;
        }

        void begin() {
            underWay += window;
            transmit(window, System.nanoTime());
        }

        private void transmit(int count, long now) {
            for (int i = 0; i < count; i++) {
                sentAt[(int) ((sent + i) % window)] = now;
            }
            send(frames.run(sent, count));
            sent += count;
        }

        @Override
        void ready() {
            group.ready();
        }

        @Override
        void received(int frames) {
            parts += frames;
            int answers = parts / framesOfAnswer;
            parts -= answers * framesOfAnswer;
            if (answers > 0) {
                answered(answers);
            }
        }

        private void answered(int answers) {
            long now = System.nanoTime();
            for (int i = 0; i < answers; i++) {
                run.add(now - sentAt[(int) (answered++ % window)]);
            }
            run.count(answers);
            if (run.running()) {
                transmit(answers, now);
            } else {
                underWay -= answers;
                if (underWay == 0) {
                    run.ended();
                }
            }
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                group.ended("echo");
            }
        }
    }
}
