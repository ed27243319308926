package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;
import java.util.List;

/** A client that records its notifications. */
final class RecordingClient implements EngineSessionListener {
    private final List<String> told;
    private int drained;

    RecordingClient(List<String> told) {
        this.told = told;
    }

    /** Returns the number of times that the queue was drained. */
    int timesDrained() {
        return drained;
    }

    @Override
    public void packet(Packet packet) {
        told.add("packet " + packet);
    }

    @Override
    public void transport(String name) {
        told.add("client is reached by " + name);
    }

    @Override
    public void closed(CloseReason reason) {
        told.add("client closed: " + reason);
    }

    @Override
    public void drained() {
        drained++;
    }
}
