package io.everwire.engine;

import io.everwire.protocol.Encoded;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One packet on its way to many sessions: written once for each generation, handed over with one task for each loop. */
final class Fanout {
    private final Packet packet;
    private final Delivery delivery;
    private final boolean compress;
    private final List<Batch> batches = new ArrayList<>(4);
    private final List<Generation> generations = new ArrayList<>(4);
    private final List<Encoded> written = new ArrayList<>(4);
    private int receivers;
    private @Nullable Generation lastGeneration;
    private Encoded lastWritten = Encoded.NOTHING;

    Fanout(Packet packet, Delivery delivery, boolean compress) {
        this.packet = packet;
        this.delivery = delivery;
        this.compress = compress;
    }

    /** Has the packet wait for each of them; they take it when the result is run. */
    Runnable enqueue(Collection<EngineSession> chosen) {
        receivers = chosen.size();
        for (EngineSession session : chosen) {
            if (session.enqueue(write(session.generation()), delivery)) {
                batch(session.loop()).sessions.add(session);
            }
        }
        return () -> batches.forEach(batch -> batch.loop.execute(batch));
    }

    void send(Collection<EngineSession> chosen) {
        receivers = chosen.size();
        long now = chosen.isEmpty() ? 0 : chosen.iterator().next().now();
        try {
            for (EngineSession session : chosen) {
                Encoded encoded = write(session.generation());
                if (session.loop().inLoop()) {
                    session.send(encoded, delivery, now);
                } else if (session.enqueue(encoded, delivery)) {
                    batch(session.loop()).sessions.add(session);
                }
            }
        } finally {
            // Even if a packet cannot be written for somebody: a session that was told to expect work would wait for ever.
            for (Batch batch : batches) {
                batch.loop.execute(batch);
            }
        }
    }

    /** Receivers of one generation mostly stand together: look at the last one first. */
    private Encoded write(Generation generation) {
        if (generation != lastGeneration) {
            lastGeneration = generation;
            int known = generations.indexOf(generation);
            if (known < 0) {
                known = generations.size();
                generations.add(generation);
                written.add(generation.encode(packet).compress(compress).sharedBy(receivers));
            }
            lastWritten = written.get(known);
        }
        return lastWritten;
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

    /** The sessions of one loop that were at rest. */
    private static final class Batch implements Runnable {
        private final EventLoop loop;
        private final List<EngineSession> sessions = new ArrayList<>();

        Batch(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            sessions.forEach(EngineSession::work);
        }
    }
}
