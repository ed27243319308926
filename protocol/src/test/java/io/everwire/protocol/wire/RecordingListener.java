package io.everwire.protocol.wire;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import java.util.ArrayList;
import java.util.List;

/** Records the events of a session. Fails at any event after {@code closed}. */
public final class RecordingListener implements SessionListener {
    /** Stands for no wake-up asked for. */
    static final long NEVER = Long.MAX_VALUE;

    private final List<String> told = new ArrayList<>();
    private final List<String> toldByAll;
    private final List<Packet> packets = new ArrayList<>();
    private long wakeAt = NEVER;
    private boolean closed;

    /**
     * Creates a listener.
     *
     * @param toldByAll receives the events of this session, too
     */
    RecordingListener(List<String> toldByAll) {
        this.toldByAll = toldByAll;
    }

    @Override
    public void packet(Packet packet) {
        tell(PacketText.write(packet));
        packets.add(packet);
    }

    @Override
    public void wakeAt(long time) {
        if (closed) {
            throw new AssertionError("wakeAt after closed");
        }
        wakeAt = Math.min(wakeAt, time);
    }

    @Override
    public void transport(String name) {
        tell("transport " + name);
    }

    @Override
    public void closed(CloseReason reason) {
        tell("closed " + reason);
        closed = true;
        wakeAt = NEVER;
    }

    private void tell(String what) {
        if (closed) {
            throw new AssertionError("told after closed: " + what);
        }
        told.add(what);
        toldByAll.add(what);
    }

    /** Returns all events in order, as transcripts write them. */
    public List<String> told() {
        return told;
    }

    /** Returns the packets among the events. */
    public List<Packet> packets() {
        return packets;
    }

    /** Returns whether the session has ended. */
    public boolean closed() {
        return closed;
    }

    /** Returns the earliest time asked for since the last tick. */
    long wakeAt() {
        return wakeAt;
    }

    void ticked() {
        wakeAt = NEVER;
    }
}
