package io.everwire.benchmarks.attack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** The place of one attack: its server, its clients, its size, and what became of them. Used by one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for these; failures show as missing answers.
final class Scene {
    /** The number of clients that connect at the same time. */
    private static final int AT_ONCE = 64;

    private static final long TIMEOUT_SECONDS = 30;
    private static final int BROADCAST_STEP_MILLIS = 100;

    private final Target target;
    private final Network network;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Integer> rejected = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicLong heap = new AtomicLong();
    private final AtomicLong direct = new AtomicLong();
    private int clients;

    Scene(Target target, Network network) {
        this.target = target;
        this.network = network;
    }

    Target target() {
        return target;
    }

    Network network() {
        return network;
    }

    int port() {
        return target.port();
    }

    boolean brief() {
        return target.options().brief();
    }

    /** Returns the number for the complete attack or for the short form. */
    int sized(int complete, int brief) {
        return brief() ? brief : complete;
    }

    /** Returns the number of clients that fill the heap if each makes the server keep a megabyte. */
    int megabytes() {
        return Math.max(80, target.heapMegabytes());
    }

    /** Returns the generations in turn. */
    @SuppressWarnings("EnumOrdinal") // Each of them in turn, in any order.
    static Wire wire(int i) {
        return Wire.values()[i % Wire.values().length];
    }

    /** Opens some clients; returns the open ones, and counts the rejections. */
    <T> List<T> each(int count, IntFunction<CompletableFuture<T>> opening) throws InterruptedException {
        return each(count, AT_ONCE, opening);
    }

    <T> List<T> each(int count, int atOnce, IntFunction<CompletableFuture<T>> opening) throws InterruptedException {
        List<T> opened = Collections.synchronizedList(new ArrayList<>());
        Semaphore free = new Semaphore(atOnce);
        clients += count;
        for (int i = 0; i < count && target.isAlive(); i++) {
            if (!free.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                reject("no response in " + TIMEOUT_SECONDS + " s");
                break;
            }
            opening.apply(i).whenComplete((client, failure) -> {
                if (failure == null) {
                    opened.add(client);
                } else {
                    reject(reason(failure));
                }
                // Afterwards: the caller looks at the list when all have ended.
                free.release();
            });
        }
        if (!free.tryAcquire(atOnce, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            reject("no response in " + TIMEOUT_SECONDS + " s");
        }
        return new ArrayList<>(opened);
    }

    /** Connects and joins some clients of all generations in turn. */
    List<Client> join(int count, String query) throws InterruptedException {
        return each(count, i -> Client.join(network, port(), wire(i), query));
    }

    /** Connects and joins some clients of one generation. */
    List<Client> join(int count, Wire wire, String query) throws InterruptedException {
        return each(count, i -> Client.join(network, port(), wire, query));
    }

    /** Counts a rejected client. */
    void reject(String why) {
        rejected.merge(why, 1, Integer::sum);
    }

    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** Lets time pass. */
    void pause(long millis) {
        network.after(millis).join();
    }

    /** Collects the server's garbage and records the memory in use. Any thread. */
    TargetReport observe() throws InterruptedException {
        TargetReport report = target.report();
        heap.accumulateAndGet(report.heap(), Math::max);
        direct.accumulateAndGet(report.direct(), Math::max);
        return report;
    }

    /** Lets the server send events to the room; returns when it has. */
    void broadcast(int count, int bytes, int perSecond) throws InterruptedException {
        target.order("broadcast " + count + " " + bytes + " " + perSecond, TIMEOUT_SECONDS);
        do {
            pause(BROADCAST_STEP_MILLIS);
        } while (target.order("busy", TIMEOUT_SECONDS).equals("true"));
    }

    /** Records a broken bound unless {@code kept}. */
    void bound(boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }

    List<String> broken() {
        return broken;
    }

    int clients() {
        return clients;
    }

    long heap() {
        return heap.get();
    }

    long direct() {
        return direct.get();
    }

    /** Returns how clients were rejected or closed by the server, each way with its number; and how many are open. */
    Map<String, Integer> ends() {
        Map<String, Integer> ends = new TreeMap<>(rejected);
        for (RawConnection connection : network.connections()) {
            String end = connection.isOpen() ? "open" : connection.ended().join();
            // The future of a rejected client has failed with the same reason, and is counted already.
            if (!end.equals("by the client") && !rejected.containsKey(end)) {
                ends.merge(end, 1, Integer::sum);
            }
        }
        return ends;
    }
}
