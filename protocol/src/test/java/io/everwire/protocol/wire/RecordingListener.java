package io.everwire.protocol.wire;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import java.util.ArrayList;
import java.util.List;

/** What a session told the server. Fails as soon as the session says anything after {@code closed}. */
public final class RecordingListener implements SessionListener {
    /** No wake-up is asked for. */
    static final long NEVER = Long.MAX_VALUE;

    private final List<String> told = new ArrayList<>();
    private final List<String> toldByAll;
    private final List<Packet> packets = new ArrayList<>();
    private long wakeAt = NEVER;
    private boolean closed;

    /** @param toldByAll also given what this listener is told */
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

    /** Everything told, in order, as transcripts write it. */
    public List<String> told() {
        return told;
    }

    /** The packets among it. */
    public List<Packet> packets() {
        return packets;
    }

    /** Whether the session has ended. */
    public boolean closed() {
        return closed;
    }

    /** The earliest time asked for since the last tick. */
    long wakeAt() {
        return wakeAt;
    }

    void ticked() {
        wakeAt = NEVER;
    }
}
