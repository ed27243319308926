package io.everwire.benchmarks.load;

/**
 * A load of clients that connect, join and disconnect, each followed by the next one. Counts the complete
 * connections.
 */
final class ConnectLoad implements Load {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final ClientGroup group;
    private final boolean pollingFirst;
    private final int atOnce;
    private final LoadRun run;

    // On the event loop
    private int underWay;

    /** @param pollingFirst whether the clients begin with polling and upgrade */
    ConnectLoad(ClientGroup group, boolean pollingFirst, int atOnce) {
        this.group = group;
        this.run = new LoadRun(group);
        this.pollingFirst = pollingFirst;
        this.atOnce = atOnce;
    }

    @Override
    public void open() {}

    @Override
    public void start() {
        run.start(() -> {
            underWay = atOnce;
            for (int i = 0; i < atOnce; i++) {
                next();
            }
        });
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
    public void close() {}

    private void next() {
        if (pollingFirst) {
            new Upgrading().begin();
        } else {
            connect(new Visitor(Dialect.EIO4, "", System.nanoTime()));
        }
    }

    private void connect(WebSocketPeer visitor) {
        group.clients().connect(group.port(), visitor, group.failure());
    }

    /** A client that disconnects once it has joined. */
    private final class Visitor extends WebSocketPeer {
        private final long since;

        Visitor(Dialect dialect, String query, long since) {
            super(dialect, query);
            this.since = since;
        }

        @Override
        void ready() {
            run.add(System.nanoTime() - since);
            close();
        }

        @Override
        void ended(boolean asked) {
            if (!asked) {
                group.ended("visitor");
            }
            run.count(1);
            if (run.running()) {
                next();
            } else if (--underWay == 0) {
                run.ended();
            }
        }
    }

    /** The requests of a client before its WebSocket: open, join, and poll for the confirmation. */
    private final class Upgrading {
        private final HttpClient http = new HttpClient(group, group.clients().localAddress(), "polling");
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
