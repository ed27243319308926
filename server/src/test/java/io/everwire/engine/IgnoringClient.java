package io.everwire.engine;

import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Packet;

/** Ignores all calls. */
final class IgnoringClient implements EngineSessionListener {
    @Override
    public void packet(Packet packet) {}

    @Override
    public void transport(String name) {}

    @Override
    public void closed(CloseReason reason) {}
}
