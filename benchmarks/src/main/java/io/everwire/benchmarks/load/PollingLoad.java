package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A load of clients that poll on one connection and post on another. Each sends its next message when the answer to
 * the last one has arrived.
 */
final class PollingLoad implements Load {
    private static final String SEPARATOR = SocketIoPolling.SEPARATOR;

    /**
     * The time between the first packet and the first request of the session, in milliseconds. socket.io-server-java 4.0.1
     * sends the packet before it knows the session, and rejects a request that comes at once.
     */
    private static final int OPEN_MILLIS = 50;

    private final ClientGroup group;
    private final PollingDialect dialect;
    private final String message;
    private final int connections;
    private final List<Client> clients = new ArrayList<>();
    private final LoadRun run;

    // On the event loop
    private int underWay;
    private int missing;
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();

    PollingLoad(ClientGroup group, PollingDialect dialect, String message, int connections) {
        this.group = group;
        this.run = new LoadRun(group);
        this.dialect = dialect;
        this.message = message;
        this.connections = connections;
    }

    @Override
    public void open() {
        group.clients().ask(() -> {
            missing = connections;
            for (int i = 0; i < connections; i++) {
                clients.add(new Client(i));
            }
            clients.forEach(Client::open);
            return null;
        });
        Clients.await(CompletableFuture.anyOf(allReady, group.failure()));
        group.check();
    }

    @Override
    public void start() {
        run.start(() -> {
            underWay = connections;
            clients.forEach(Client::transmit);
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
    public void close() {
        group.clients().ask(() -> {
            clients.forEach(Client::close);
            return null;
        });
    }

    /** Returns the session id in the first packet of the server. */
    static String sid(String open) {
        int name = open.indexOf("\"sid\":") + 6;
        // socket.io-server-java writes a space before the value.
        int at = open.indexOf('"', name) + 1;
        return open.substring(at, open.indexOf('"', at));
    }

    private final class Client {
        private final int number;
        private final HttpClient polls;
        private final HttpClient posts;
        private ByteBuf poll = Unpooled.EMPTY_BUFFER;
        private ByteBuf post = Unpooled.EMPTY_BUFFER;
        private String target = "";
        private long sentAt;
        private boolean posted;
        private boolean answered;
        private boolean pong;

        /** True if a message waits until the answer to a heartbeat is sent. */
        private boolean due;

        Client(int number) {
            this.number = number;
            InetSocketAddress address = group.clients().localAddress();
            this.polls = new HttpClient(group, address, "polling");
            this.posts = new HttpClient(group, address, "polling");
        }

        void open() {
            polls.ask(dialect.open(number), this::opened);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // A client that does not join ends the wait of open().
        private void opened(String packet) {
            target = dialect.target(number, packet);
            poll = Unpooled.unreleasableBuffer(dialect.poll(target));
            if (!packet.contains("0{")) {
                // SockJS has opened its session, and sends the first packet as the next response.
                polls.ask(poll.duplicate(), this::opened);
                return;
            }
            post = Unpooled.unreleasableBuffer(dialect.post(target, message));
            group.clients().after(OPEN_MILLIS).thenRun(this::join);
        }

        private void join() {
            posts.ask(dialect.post(target, "40"), ok -> polls.ask(poll.duplicate(), this::joined));
        }

        private void joined(String payload) {
            polls.ask(poll.duplicate(), this::polled);
            missing--;
            if (missing == 0) {
                allReady.complete(null);
            }
        }

        void transmit() {
            due = posts.busy();
            if (due) {
                return;
            }
            posted = false;
            answered = false;
            sentAt = System.nanoTime();
            posts.ask(pong ? dialect.post(target, "3", message) : post.duplicate(), ok -> progress(true, answered));
            pong = false;
        }

        /** Polls again at once. The response may contain a heartbeat, with or without the answer. */
        private void polled(String payload) {
            polls.ask(poll.duplicate(), this::polled);
            boolean beat =
                    payload.equals("2") || payload.startsWith("2" + SEPARATOR) || payload.endsWith(SEPARATOR + "2");
            pong |= beat;
            if (payload.indexOf('[') >= 0) {
                run.add(System.nanoTime() - sentAt);
                progress(posted, true);
            } else {
                answerHeartbeat();
            }
        }

        /** Answers a heartbeat; while messages are sent, the next of them carries the answer. */
        private void answerHeartbeat() {
            if (pong && !run.running() && !posts.busy()) {
                pong = false;
                posts.ask(dialect.post(target, "3"), ok -> {
                    if (due) {
                        transmit();
                    } else {
                        answerHeartbeat();
                    }
                });
            }
        }

        private void progress(boolean posted, boolean answered) {
            this.posted = posted;
            this.answered = answered;
            if (posted && answered) {
                run.count(1);
                if (run.running()) {
                    transmit();
                } else {
                    answerHeartbeat();
                    underWay--;
                    if (underWay == 0) {
                        run.ended();
                    }
                }
            }
        }

        void close() {
            polls.close();
            posts.close();
        }
    }
}
