package io.everwire.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Clients that each have some messages under way and send another for each that is answered. */
final class EchoLoad implements Load {
    private final Crowd crowd;
    private final Frames frames;
    private final int connections;
    private final int window;
    private final int framesOfAnswer;
    private final List<Peer> peers = new ArrayList<>();

    // On the loop
    private boolean running;
    private long done;
    private int underWay;
    private CompletableFuture<Void> quiet = new CompletableFuture<>();
    private Latencies latencies = new Latencies();

    /** @param framesOfAnswer how many frames make an answer */
    EchoLoad(Crowd crowd, Frames frames, int connections, int window, int framesOfAnswer) {
        this.crowd = crowd;
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
        crowd.open(all);
    }

    @Override
    public void start() {
        crowd.clients().ask(() -> {
            running = true;
            quiet = new CompletableFuture<>();
            peers.forEach(Peer::begin);
            return null;
        });
    }

    @Override
    public void stop() {
        crowd.clients().ask(() -> running = false);
        Clients.await(CompletableFuture.anyOf(quiet, crowd.failure()));
        crowd.check();
    }

    @Override
    public long done() {
        crowd.check();
        return crowd.clients().ask(() -> done);
    }

    @Override
    public Latencies latencies() {
        return crowd.clients().ask(() -> {
            Latencies since = latencies;
            latencies = new Latencies();
            return since;
        });
    }

    @Override
    public void close() {
        crowd.close();
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
            crowd.ready();
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
                latencies.add(now - sentAt[(int) (answered++ % window)], 1);
            }
            done += answers;
            if (running) {
                transmit(answers, now);
            } else {
                underWay -= answers;
                if (underWay == 0) {
                    quiet.complete(null);
                }
            }
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                crowd.ended("echo");
            }
        }
    }
}
