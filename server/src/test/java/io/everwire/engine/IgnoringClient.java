package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;

/** A server that does not care. */
final class IgnoringClient implements EngineSessionListener {
    @Override
    public void packet(Packet packet) {}

    @Override
    public void transport(String name) {}

    @Override
    public void closed(CloseReason reason) {}
}
