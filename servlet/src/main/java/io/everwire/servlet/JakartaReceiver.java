package io.everwire.servlet;

import io.everwire.engine.EngineSession;
import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.ReachedLimit;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of the messages of one WebSocket in one array, so that their number costs nothing, and holds the container's thread while the
 * session does not read: Jakarta WebSocket has no other way to stop reading. The container calls it on one thread at a
 * time.
 */
final class JakartaReceiver {
    /** The part of a line that a receiver needs. Called on the strand. */
    interface Owner {
        /** Receives a whole message. */
        void received(Bytes message, boolean text);

        /** Closes the WebSocket with this code. */
        void refuse(int code, @Nullable ReachedLimit reached);
    }

    private static final int TOO_BIG = 1009;
    private static final int POLICY = 1008;
    private static final int TRY_AGAIN_LATER = 1013;

    /** The bytes that wait for the strand before the container's thread waits, too. */
    private static final int MAX_WAITING = 64 * 1024;

    private final ServletHost host;
    private final EngineSession session;
    private final Strand strand;
    private final Owner owner;
    private final int maxPayload;
    private final Incomplete incomplete = new Incomplete();

    // Used by the container's thread.
    private @Nullable ByteArrayOutputStream parts;
    private boolean ignores;
    private boolean counts;

    /** The first half of a character, if the container cut a text there; otherwise 0. */
    private char half;

    /** The bytes of messages that the strand has not taken. */
    private final AtomicInteger waitingBytes = new AtomicInteger();

    /** Not null while the session does not read. */
    private volatile @Nullable CountDownLatch pause;

    private volatile boolean stopped;
    private volatile boolean violated;

    JakartaReceiver(ServletHost host, EngineSession session, Strand strand, Owner owner) {
        this.host = host;
        this.session = session;
        this.strand = strand;
        this.owner = owner;
        this.maxPayload = host.engine().options().session().maxPayload();
    }

    /** Begins to receive. Handlers of parts: for whole messages, containers allocate their largest size at once. */
    void addTo(Session container) {
        container.addMessageHandler(String.class, new MessageHandler.Partial<String>() {
            @Override
            public void onMessage(String part, boolean last) {
                receive(Bytes.utf8(joined(part, last)), last, true);
            }
        });
        container.addMessageHandler(ByteBuffer.class, new MessageHandler.Partial<ByteBuffer>() {
            @Override
            public void onMessage(ByteBuffer part, boolean last) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                receive(Bytes.of(bytes), last, false);
            }
        });
    }

    /** Stops or resumes reading. Any thread. */
    void reading(boolean on) {
        CountDownLatch before = pause;
        if (on) {
            pause = null;
            if (before != null) {
                before.countDown();
            }
        } else if (before == null && !stopped) {
            pause = new CountDownLatch(1);
        }
    }

    /** Ends receiving. Any thread. */
    void stop() {
        stopped = true;
        reading(true);
        session.inputBudget().hold(incomplete, 0);
    }

    /** Notes an exception of the container. Any thread. */
    void failed(Throwable failure) {
        violated |= !(failure instanceof IOException);
    }

    /** Returns whether the peer violated the protocol. */
    boolean violated() {
        return violated;
    }

    private String joined(String part, boolean last) {
        String text = half == 0 ? part : half + part;
        half = 0;
        if (!last && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            half = text.charAt(text.length() - 1);
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    private void receive(Bytes part, boolean last, boolean text) {
        if (ignores || stopped) {
            return;
        }
        Bytes whole = parts == null && last ? part : join(part, last);
        if (whole != null) {
            if (whole.length() > maxPayload) {
                refuse(TOO_BIG, new ReachedLimit("maxHttpBufferSize", maxPayload, whole.length()));
            } else {
                deliver(whole, text);
            }
        }
        CountDownLatch waits = pause;
        if (waits != null) {
            hold(waits);
        }
    }

    /** Returns the whole message, or null if parts are missing or it was rejected. */
    private @Nullable Bytes join(Bytes part, boolean last) {
        ByteArrayOutputStream all = parts;
        if (all == null) {
            all = new ByteArrayOutputStream(2 * part.length());
            parts = all;
        }
        all.write(part.array(), part.offset(), part.length());
        int most = Math.min(maxPayload, session.inputLimit());
        if (all.size() > most) {
            refuse(
                    TOO_BIG,
                    new ReachedLimit(most < maxPayload ? "maxAuthBytes" : "maxHttpBufferSize", most, all.size()));
        } else if (last) {
            parts = null;
            count(0);
            return Bytes.of(all.toByteArray());
        } else {
            count(all.size());
        }
        return null;
    }

    private void count(int bytes) {
        if (counts || bytes >= MemoryBudget.STEP) {
            counts = true;
            session.inputBudget().hold(incomplete, bytes);
        }
    }

    private void refuse(int code, @Nullable ReachedLimit reached) {
        ignores = true;
        violated = true;
        parts = null;
        count(0);
        strand.enter(() -> owner.refuse(code, reached));
    }

    /** Passes a message on. A thread that is faster than the strand waits for it, so that little waits in memory. */
    private void deliver(Bytes message, boolean text) {
        boolean many = waitingBytes.addAndGet(message.length()) > MAX_WAITING;
        CountDownLatch done = new CountDownLatch(many ? 1 : 0);
        strand.enter(() -> {
            waitingBytes.addAndGet(-message.length());
            done.countDown();
            owner.received(message, text);
        });
        await(done);
    }

    /** Holds the container's thread until the session reads again, unless too many threads are held. */
    private void hold(CountDownLatch waits) {
        if (waits.getCount() == 0) {
            return;
        }
        if (!host.waiting().tryAcquire()) {
            refuse(
                    POLICY,
                    ReachedLimit.beyond("maxWaitingThreads", host.options().maxWaitingThreads()));
            return;
        }
        try {
            await(waits);
        } finally {
            host.waiting().release();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** The message that has arrived in part, as the server counts it. */
    private final class Incomplete extends MemoryBudget.Holder {
        @Override
        protected void evict() {
            strand.execute(() -> owner.refuse(TRY_AGAIN_LATER, null));
        }
    }
}
