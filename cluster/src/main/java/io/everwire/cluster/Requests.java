package io.everwire.cluster;

import io.everwire.adapter.AckCollector;
import io.everwire.adapter.ClusterContext;
import io.everwire.adapter.ClusterReplies;
import io.everwire.adapter.FetchedSockets;
import io.everwire.adapter.SocketCount;
import io.everwire.adapter.SocketDetails;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The requests of one namespace that wait for other servers. A request ends when all servers have answered that are expected to, at the
 * latest after its timeout. Any thread may use it.
 *
 * <p>The number of servers comes from the line, after the request was sent. The classic wire of Node servers does not tell which server
 * answers: their answers are counted. A server that tells its uid counts once.
 */
final class Requests {
    /** The time after which the servers are counted again. */
    private static final long RECOUNT_MILLIS = 500;

    /** The number of ended requests whose late answers are recognized. */
    private static final int REMEMBERED = 256;

    private final ClusterContext context;
    private final Map<String, Request> pending = new ConcurrentHashMap<>();

    /**
     * The number of servers that did not answer the last request in time. Later requests do not wait for them until one of them answers:
     * a stopped process is counted by the line for as long as its connection lives.
     */
    private volatile int silent;

    /** The number of other servers when the line counted last. */
    private volatile int lastOthers;

    /** The ids of the requests that ended last, in their order. Guarded by itself. */
    private final Set<String> ended = new LinkedHashSet<>();

    Requests(ClusterContext context) {
        this.context = context;
    }

    /** A request that other servers answer. Its fields are guarded by it. */
    abstract class Request {
        private final String id;
        private final Set<String> heard = new HashSet<>();
        private int answers;
        private int others = -1;
        private boolean ended;
        private List<Runnable> timers = List.of();

        Request(String id) {
            this.id = id;
        }

        /**
         * Starts to wait. The caller publishes the request after this.
         *
         * @param servers returns the number of servers, this one included
         */
        final void start(Supplier<CompletionStage<Integer>> servers, long timeoutMillis) {
            pending.put(id, this);
            Runnable cancelEnd = context.schedule(this::timedOut, timeoutMillis);
            // A server that was killed since is not counted any more: the request need not wait for it.
            Runnable cancelCount = context.schedule(() -> count(servers), RECOUNT_MILLIS);
            synchronized (this) {
                timers = List.of(cancelEnd, cancelCount);
            }
            count(servers);
        }

        private void count(Supplier<CompletionStage<Integer>> servers) {
            servers.get().whenComplete((count, failure) -> {
                if (failure == null) {
                    int counted = Math.max(0, count - 1);
                    silent = Math.max(0, silent - Math.max(0, lastOthers - counted));
                    lastOthers = counted;
                    expect(counted, false);
                } else {
                    expect(Math.max(1, lastOthers), true);
                }
            });
        }

        /** Sets the number of other servers. If the line cannot count them, the request waits for its timeout. */
        private void expect(int count, boolean guessed) {
            synchronized (this) {
                others = count;
                if (guessed) {
                    return;
                }
            }
            check();
        }

        /** Counts the answer of a server; returns whether it is its first. */
        final synchronized boolean answeredBy(String uid) {
            boolean first = uid.isEmpty() || heard.add(uid);
            answers += first && !ended ? 1 : 0;
            return first && !ended;
        }

        /** Ends the request if nothing is missing. */
        final void check() {
            synchronized (this) {
                boolean all = answers >= others - silent;
                if (ended || others < 0 || !all || !complete()) {
                    return;
                }
                ended = true;
                if (answers > others - silent) {
                    silent = Math.max(0, others - answers);
                }
            }
            end();
        }

        private void timedOut() {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                if (others > answers) {
                    silent = others - answers;
                }
            }
            end();
        }

        private void end() {
            synchronized (this) {
                timers.forEach(Runnable::run);
            }
            pending.remove(id, this);
            remember(id);
            // The result may run code of the application.
            context.execute(() -> done(missing()));
        }

        private synchronized int missing() {
            return Math.max(0, others < 0 ? 1 : others - answers);
        }

        /** Returns whether the servers that answered have sent all that they announced. */
        boolean complete() {
            return true;
        }

        /** Called once, at the end. */
        abstract void done(int missing);
    }

    /** A broadcast whose receivers send acks. */
    final class Acks extends Request {
        private final AckCollector collector;
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private long asked;
        private long received;

        Acks(String id, AckCollector collector) {
            super(id);
            this.collector = collector;
        }

        CompletionStage<Void> result() {
            return result;
        }

        @Override
        boolean complete() {
            return received >= asked;
        }

        @Override
        void done(int missing) {
            long unanswered;
            synchronized (this) {
                unanswered = Math.max(0, asked - received);
            }
            if (unanswered > 0) {
                collector.missedElsewhere((int) Math.min(unanswered, Integer.MAX_VALUE));
            }
            result.complete(null);
        }
    }

    /** A search for sockets. */
    final class Fetch extends Request {
        private final List<SocketDetails> found;
        private final CompletableFuture<FetchedSockets> result = new CompletableFuture<>();

        /** @param here the sockets of this server */
        Fetch(String id, List<SocketDetails> here) {
            super(id);
            this.found = new ArrayList<>(here);
        }

        CompletionStage<FetchedSockets> result() {
            return result;
        }

        @Override
        void done(int missing) {
            List<SocketDetails> all;
            synchronized (this) {
                all = List.copyOf(found);
            }
            result.complete(new FetchedSockets(all, missing));
        }
    }

    /** A count of sockets on Node servers. */
    final class Total extends Request {
        private final CompletableFuture<SocketCount> result = new CompletableFuture<>();
        private int sockets;

        Total(String id) {
            super(id);
        }

        CompletionStage<SocketCount> result() {
            return result;
        }

        @Override
        void done(int missing) {
            SocketCount counted;
            synchronized (this) {
                counted = new SocketCount(sockets, missing);
            }
            result.complete(counted);
        }
    }

    /** An event for servers that reply. */
    final class Replies extends Request {
        private final List<Packet.Ack> replies = new ArrayList<>();
        private final CompletableFuture<ClusterReplies> result = new CompletableFuture<>();

        Replies(String id) {
            super(id);
        }

        CompletionStage<ClusterReplies> result() {
            return result;
        }

        @Override
        void done(int missing) {
            ClusterReplies all;
            synchronized (this) {
                all = new ClusterReplies(replies, missing);
            }
            result.complete(all);
        }
    }

    /**
     * Handles the response of a server.
     *
     * @param uid empty if unknown
     */
    void receive(String namespace, String uid, ClusterMessage.Response response) {
        Request request = pending.get(response.requestId());
        if (request == null) {
            late(response.requestId());
            return;
        }
        if (request instanceof Acks acks) {
            receive(acks, uid, response);
        } else if (request instanceof Fetch fetch && response instanceof ClusterMessage.Sockets sockets) {
            synchronized (fetch) {
                if (fetch.answeredBy(uid)) {
                    fetch.found.addAll(sockets.sockets());
                }
            }
        } else if (request instanceof Total total) {
            receive(total, uid, response);
        } else if (request instanceof Replies replies && response instanceof ClusterMessage.ServerReply reply) {
            synchronized (replies) {
                if (replies.answeredBy(uid)) {
                    replies.replies.add(new Packet.Ack(namespace, 0, reply.data(), reply.attachments()));
                }
            }
        }
        request.check();
    }

    private void remember(String id) {
        synchronized (ended) {
            ended.add(id);
            if (ended.size() > REMEMBERED) {
                ended.remove(ended.iterator().next());
            }
        }
    }

    /** A late answer to a request of this server: a silent server answers again. Others have requests of their own. */
    private void late(String id) {
        boolean own;
        synchronized (ended) {
            own = ended.contains(id);
        }
        if (own) {
            silent = Math.max(0, silent - 1);
        }
    }

    private static void receive(Total total, String uid, ClusterMessage.Response response) {
        int sockets = response instanceof ClusterMessage.Sockets found
                ? found.sockets().size()
                : response instanceof ClusterMessage.Total answer ? answer.sockets() : -1;
        synchronized (total) {
            if (sockets >= 0 && total.answeredBy(uid)) {
                total.sockets += sockets;
            }
        }
    }

    private static void receive(Acks acks, String uid, ClusterMessage.Response response) {
        if (response instanceof ClusterMessage.ClientCount count) {
            synchronized (acks) {
                acks.asked += acks.answeredBy(uid) ? count.count() : 0;
            }
        } else if (response instanceof ClusterMessage.ClientAck ack) {
            synchronized (acks) {
                acks.received++;
            }
            acks.collector.answeredElsewhere(ack.data(), ack.attachments());
        }
    }

    /** Ends all requests with what there is. */
    void close() {
        List.copyOf(pending.values()).forEach(Request::timedOut);
    }

    /** Returns the number of requests that wait. */
    int size() {
        return pending.size();
    }
}
