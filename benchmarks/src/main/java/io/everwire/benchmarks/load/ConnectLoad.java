package io.everwire.benchmarks.load;

import java.util.concurrent.CompletableFuture;

/** Clients that connect, join, say goodbye, and are followed by the next. Counts those that came and went. */
final class ConnectLoad implements Load {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final Crowd crowd;
    private final boolean pollingFirst;
    private final int atOnce;

    // On the loop
    private boolean running;
    private long done;
    private int underWay;
    private CompletableFuture<Void> quiet = new CompletableFuture<>();
    private Latencies latencies = new Latencies();

    /** @param pollingFirst whether they begin with polling and upgrade */
    ConnectLoad(Crowd crowd, boolean pollingFirst, int atOnce) {
        this.crowd = crowd;
        this.pollingFirst = pollingFirst;
        this.atOnce = atOnce;
    }

    @Override
    public void open() {}

    @Override
    public void start() {
        crowd.clients().ask(() -> {
            running = true;
            quiet = new CompletableFuture<>();
            underWay = atOnce;
            for (int i = 0; i < atOnce; i++) {
                next();
            }
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
    public void close() {}

    private void next() {
        if (pollingFirst) {
            new Upgrading().begin();
        } else {
            connect(new Visitor(Dialect.EIO4, "", System.nanoTime()));
        }
    }

    private void connect(WebSocketPeer visitor) {
        crowd.clients().connect(crowd.port(), visitor, crowd.failure());
    }

    /** A client with nothing on its mind. */
    private final class Visitor extends WebSocketPeer {
        private final long since;

        Visitor(Dialect dialect, String query, long since) {
            super(dialect, query);
            this.since = since;
        }

        @Override
        void ready() {
            latencies.add(System.nanoTime() - since, 1);
            close();
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                crowd.ended("visitor");
            }
            done++;
            if (running) {
                next();
            } else if (--underWay == 0) {
                quiet.complete(null);
            }
        }
    }

    /** The requests of a client before its WebSocket: open, join, and hear that it joined. */
    private final class Upgrading {
        private final HttpClient http = new HttpClient(crowd, "polling");
        private final long since = System.nanoTime();
        private String sid = "";

        void begin() {
            http.ask(HttpPeer.get(POLLING), this::opened);
        }

        private void opened(String packet) {
            sid = "sid=" + PollingLoad.sid(packet);
            http.ask(HttpPeer.post(POLLING + "&" + sid, "40"), this::posted);
        }

        private void posted(String ok) {
            http.ask(HttpPeer.get(POLLING + "&" + sid), this::joined);
        }

        private void joined(String packet) {
            http.close();
            connect(new Visitor(Dialect.UPGRADE, sid, since));
        }
    }
}
