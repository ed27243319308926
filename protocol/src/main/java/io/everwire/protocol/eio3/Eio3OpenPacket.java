package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.SessionOptions;
import java.util.List;

/** Encodes the first packets of a session. */
final class Eio3OpenPacket {
    private Eio3OpenPacket() {}

    /**
     * Returns the open packet, and the message that the application wants right behind it (engine.io 6.6, {@code
     * onOpen}).
     */
    static List<Encoded> packets(String sid, String transport, SessionOptions options) {
        Encoded open = Encoded.text(Bytes.utf8(open(sid, transport, options)));
        InitialPacket first = options.initialPacket();
        return first == null ? List.of(open) : List.of(open, message(first));
    }

    /** Returns the initial message: {@code 4hello}, or its bytes behind their type. */
    private static Encoded message(InitialPacket packet) {
        return packet.binary()
                ? new Encoded(Bytes.EMPTY, Eio3Encoder.typed(List.of(packet.data())), false)
                : Encoded.text(Bytes.utf8("4" + packet.data()));
    }

    /**
     * Returns the open packet. The order of the keys is the reference's. No client of this version reads {@code
     * maxPayload}; it is there for other readers.
     */
    private static String open(String sid, String transport, SessionOptions options) {
        boolean upgrades = options.upgrades() && transport.equals(Eio3.POLLING) && options.serves(Eio3.WEBSOCKET);
        return "0{\"sid\":\"" + sid + "\",\"upgrades\":[" + (upgrades ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + options.pingInterval() + ",\"pingTimeout\":" + options.pingTimeout()
                + ",\"maxPayload\":" + options.maxPayload() + "}";
    }
}
