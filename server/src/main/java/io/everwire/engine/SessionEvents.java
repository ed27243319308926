package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.SessionListener;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of one session. Is the task of its timer as well, which saves an object for each session. Used in
 * the session's turns.
 */
final class SessionEvents implements SessionListener, Runnable {
    private final EngineSession owner;
    private final EngineSessionListener client;
    private long wakeTime = Long.MAX_VALUE;
    private @Nullable Future<?> wakeup;

    private String transport = "";

    SessionEvents(EngineSession owner, EngineSessionListener client) {
        this.owner = owner;
        this.client = client;
    }

    /** Reports a message or a body that arrived. */
    void received(Bytes message) {
        EngineObserver observer = owner.engine().observer();
        if (observer != null) {
            observer.received(transport, message.length());
        }
    }

    /** Reports a packet that was passed to the session. */
    void sent(Encoded packet) {
        EngineObserver observer = owner.engine().observer();
        if (observer != null) {
            observer.sent(transport, packet.bytes());
        }
    }

    /** The timer has fired. */
    @Override
    public void run() {
        owner.execute(() -> {
            wakeTime = Long.MAX_VALUE;
            if (!owner.closed()) {
                owner.session().tick(owner.now());
            }
        });
    }

    @Override
    public void packet(Packet packet) {
        if (!owner.ending()) {
            client.packet(packet);
        }
    }

    @Override
    public void wakeAt(long time) {
        if (time < wakeTime && !owner.closed()) {
            cancel();
            wakeTime = time;
            wakeup = owner.loop().schedule(this, Math.max(0, time - owner.now()));
        }
    }

    @Override
    public void transport(String name) {
        transport = name;
        owner.reached();
        if (!owner.closed()) {
            client.transport(name);
        }
    }

    @Override
    public void limitReached(@Nullable ReachedLimit reached, String effect) {
        owner.limitReached(reached, effect);
    }

    @Override
    public void heartbeat(long millis) {
        EngineObserver observer = owner.engine().observer();
        if (observer != null) {
            observer.heartbeat(owner.generation().name(), millis);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        if (!owner.closed()) {
            cancel();
            owner.ended(reason);
        }
    }

    private void cancel() {
        if (wakeup != null) {
            wakeup.cancel(false);
        }
    }
}
