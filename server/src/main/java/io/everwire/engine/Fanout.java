package io.everwire.engine;

import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one packet to many sessions: encodes it once for each generation and hands it over with one task for each event
 * loop.
 */
public final class Fanout {
    private final Packet packet;
    private final Delivery delivery;
    private final boolean compress;
    private final List<Batch> batches = new ArrayList<>(4);
    private final List<Generation> generations = new ArrayList<>(4);
    private final List<Encoded> encodings = new ArrayList<>(4);
    private int receivers;
    private @Nullable Reservation reservation;
    private @Nullable Generation lastGeneration;
    private Encoded lastEncoded = Encoded.NOTHING;

    private Fanout(Packet packet, Delivery delivery, boolean compress) {
        this.packet = packet;
        this.delivery = delivery;
        this.compress = compress;
    }

    /** Encodes {@code packet} once for each generation among {@code receivers} and sends it to them. Any thread. */
    public static void send(Packet packet, Collection<EngineSession> receivers, Delivery delivery, boolean compress) {
        new Fanout(packet, delivery, compress).send(receivers);
    }

    /**
     * As {@link #send}, in two steps: when this returns, the packet has its place in the order of the packets for each
     * receiver, and nothing else was done. If the packet cannot be encoded for one generation, the sessions before send
     * it and the exception is thrown.
     *
     * @return to be run, so that the receivers are sent the packet
     */
    public static Runnable enqueue(
            Packet packet, Collection<EngineSession> receivers, Delivery delivery, boolean compress) {
        return new Fanout(packet, delivery, compress).enqueue(receivers);
    }

    private Runnable enqueue(Collection<EngineSession> chosen) {
        receivers = chosen.size();
        try {
            for (EngineSession session : chosen) {
                enqueue(session, encode(session.generation()));
            }
        } catch (RuntimeException | Error e) {
            handOver();
            throw e;
        } finally {
            release();
        }
        return this::handOver;
    }

    private void send(Collection<EngineSession> chosen) {
        receivers = chosen.size();
        long now = chosen.isEmpty() ? 0 : chosen.iterator().next().now();
        try {
            for (EngineSession session : chosen) {
                Encoded encoded = encode(session.generation());
                if (session.loop().inLoop()) {
                    session.send(encoded, delivery, now);
                } else {
                    enqueue(session, encoded);
                }
            }
        } finally {
            // Even if the packet cannot be encoded for one generation: a session with a queued task waits for this
            // call.
            release();
            handOver();
        }
    }

    private void enqueue(EngineSession session, Encoded encoded) {
        Reservation counted = reservation;
        if (counted == null) {
            counted = new Reservation(session.engine().budget(), receivers);
            reservation = counted;
        }
        if (session.enqueue(encoded, delivery, counted)) {
            Batch batch = batch(session.loop());
            batch.sessions.add(session);
            batch.bytes += counted.share(encoded);
        }
    }

    private void release() {
        if (reservation != null) {
            reservation.close();
        }
    }

    private void handOver() {
        if (batches.isEmpty()) {
            return;
        }
        EngineSession any = batches.get(0).sessions.get(0);
        BroadcastDelay delay = any.engine().budget().measure(batches.size(), any.now());
        for (Batch batch : batches) {
            batch.delay = delay;
            batch.loop.execute(batch);
        }
    }

    /** Neighbours mostly speak the same generation: the last one is looked at first. */
    private Encoded encode(Generation generation) {
        if (generation != lastGeneration) {
            lastGeneration = generation;
            int known = generations.indexOf(generation);
            if (known < 0) {
                known = generations.size();
                generations.add(generation);
                encodings.add(generation.encode(packet).compress(compress).sharedBy(receivers));
            }
            lastEncoded = encodings.get(known);
        }
        return lastEncoded;
    }

    private Batch batch(EventLoop loop) {
        for (Batch batch : batches) {
            if (batch.loop == loop) {
                return batch;
            }
        }
        Batch batch = new Batch(loop);
        batches.add(batch);
        return batch;
    }

    /** The sessions of one event loop that were idle. */
    private static final class Batch implements Runnable {
        private final EventLoop loop;
        private final List<EngineSession> sessions = new ArrayList<>();

        /** The bytes on the way to these sessions. */
        private long bytes;

        private @Nullable BroadcastDelay delay;

        Batch(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            sessions.forEach(EngineSession::work);
            sessions.get(0).engine().budget().arrived(bytes);
            if (delay != null) {
                delay.sent();
            }
        }
    }
}
