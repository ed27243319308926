package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import java.util.Collection;

/** Reads the events of packets. */
final class Packets {
    private Packets() {}

    /** @throws UnsupportedOperationException if the packet is no event */
    static String event(Packet packet) {
        if (packet.getType() != PacketType.MESSAGE
                || (packet.getSubType() != PacketType.EVENT && packet.getSubType() != PacketType.BINARY_EVENT)) {
            throw new UnsupportedOperationException(
                    "send: a packet must be of type MESSAGE and sub type EVENT; Everwire sends all other packets itself");
        }
        return packet.getName();
    }

    static Object[] arguments(Packet packet) {
        Object data = packet.getData();
        if (data == null) {
            return new Object[0];
        }
        return data instanceof Collection<?> arguments ? arguments.toArray() : new Object[] {data};
    }
}
