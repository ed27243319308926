package io.everwire.benchmarks.attack;

import io.everwire.benchmarks.load.Latencies;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Honest clients during an attack: a neighbour who echoes all the time and is never disconnected, and newcomers of each
 * generation.
 */
final class Watch implements AutoCloseable {
    /** An honest client gives up after this time, as the official ones do. */
    static final long PATIENT_MILLIS = 20_000;

    private static final long BETWEEN_ECHOES_MILLIS = 10;
    private static final long BETWEEN_NEWCOMERS_MILLIS = 300;

    private final Network network = Network.honest();
    private final int port;
    private final Latencies latencies = new Latencies();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Client neighbour;
    private final Thread echoes = new Thread(this::echo, "neighbour");
    private final Thread newcomers = new Thread(this::welcome, "newcomers");

    /** Connects the neighbour. */
    Watch(int port) {
        this.port = port;
        this.neighbour = Client.join(network, port, Wire.EIO4, "")
                .orTimeout(PATIENT_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    void start() {
        echoes.setDaemon(true);
        newcomers.setDaemon(true);
        echoes.start();
        newcomers.start();
    }

    /** Ends the echoes and the newcomers; then a newcomer of each generation comes and leaves. */
    void stop() throws InterruptedException {
        stopped.countDown();
        echoes.join(2 * PATIENT_MILLIS);
        newcomers.join(2 * PATIENT_MILLIS);
        for (Wire wire : Wire.values()) {
            if (!come(wire, "after the attack")) {
                break;
            }
        }
    }

    /** Returns the latencies of the neighbour; after {@link #stop}. */
    Latencies latencies() {
        return latencies;
    }

    /** Returns what honest clients suffered. */
    List<String> failures() {
        return failures;
    }

    private void echo() {
        try {
            for (int i = 0; !stopped.await(BETWEEN_ECHOES_MILLIS, TimeUnit.MILLISECONDS); i++) {
                String text = neighbour.echo("n" + i);
                long sent = System.nanoTime();
                neighbour.say(text);
                String answer = neighbour.next(PATIENT_MILLIS);
                latencies.add(System.nanoTime() - sent, 1);
                if (answer == null) {
                    failures.add(
                            neighbour.connection().isOpen()
                                    ? "the neighbour waited for " + PATIENT_MILLIS / 1000 + " s"
                                    : "the neighbour was disconnected: "
                                            + neighbour.connection().ended().join());
                    return;
                }
                if (!answer.equals(text)) {
                    failures.add("the neighbour received " + answer);
                    return;
                }
            }
        } catch (InterruptedException e) {
            failures.add("interrupted");
        }
    }

    private void welcome() {
        try {
            for (int i = 0; !stopped.await(BETWEEN_NEWCOMERS_MILLIS, TimeUnit.MILLISECONDS); i++) {
                if (!come(Scene.wire(i), "during the attack")) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            failures.add("interrupted");
        }
    }

    /** Connects, echoes and leaves; returns whether that was possible. */
    private boolean come(Wire wire, String when) throws InterruptedException {
        String problem = "no echo";
        try {
            Client client = Client.join(network, port, wire, "").get(PATIENT_MILLIS, TimeUnit.MILLISECONDS);
            String text = client.echo("here");
            client.say(text);
            if (text.equals(client.next(PATIENT_MILLIS))) {
                problem = "";
            }
            client.connection().close();
        } catch (ExecutionException | CompletionException e) {
            problem = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        } catch (TimeoutException e) {
            problem = "nothing in " + PATIENT_MILLIS / 1000 + " s";
        }
        if (!problem.isEmpty()) {
            failures.add("a newcomer of " + wire + " " + when + ": " + problem);
        }
        return problem.isEmpty();
    }

    @Override
    public void close() {
        stopped.countDown();
        network.connections().forEach(RawConnection::close);
        network.close();
    }
}
