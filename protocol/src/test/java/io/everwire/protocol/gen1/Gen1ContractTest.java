package io.everwire.protocol.gen1;

import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.wire.DeliveryContract;
import io.everwire.protocol.wire.GenerationHost;
import io.everwire.protocol.wire.RecordingLine;

final class Gen1ContractTest extends DeliveryContract {
    private static final String HANDSHAKE = "/socket.io/1/?t=1321977600000";

    @Override
    protected Generation generation() {
        return new Gen1();
    }

    @Override
    protected String lineTarget() {
        return "/socket.io/1/websocket/unknown-session-00";
    }

    @Override
    protected String pollTarget() {
        return HANDSHAKE;
    }

    @Override
    protected String pollTarget(String sid) {
        return "/socket.io/1/xhr-polling/" + sid + "?t=1321977600001";
    }

    /** Sends the handshake first, and joins the root when the transport is open. */
    @Override
    protected RecordingLine openLine(GenerationHost host) {
        host.get(HANDSHAKE);
        RecordingLine line = host.line("/socket.io/1/websocket/" + host.sid());
        host.send(new Packet.Connect(Packet.ROOT, null));
        return line;
    }

    @Override
    protected void openPolling(GenerationHost host) {
        host.get(HANDSHAKE);
        host.get(pollTarget(host.sid()));
        host.send(new Packet.Connect(Packet.ROOT, null));
    }
}
