package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.SessionOptions;
import java.util.List;

/** What a session says first. */
final class Eio3OpenPacket {
    private Eio3OpenPacket() {}

    /** The open packet, and the message that the application wants right after it (engine.io 6.6, {@code onOpen}). */
    static List<Encoded> packets(String sid, String transport, SessionOptions options) {
        Encoded open = Encoded.text(Bytes.utf8(open(sid, transport, options)));
        InitialPacket first = options.initialPacket();
        return first == null ? List.of(open) : List.of(open, message(first));
    }

    private static Encoded message(InitialPacket packet) {
        return packet.binary()
                ? new Encoded(Bytes.EMPTY, Eio3Encoder.typed(List.of(packet.data())), false)
                : Encoded.text(Bytes.utf8("4" + packet.data()));
    }

    /** The order of the keys is the reference's; {@code maxPayload} is for the curious, no client of this version reads it. */
    private static String open(String sid, String transport, SessionOptions options) {
        boolean upgrades = options.upgrades() && transport.equals(Eio3.POLLING) && options.serves(Eio3.WEBSOCKET);
        return "0{\"sid\":\"" + sid + "\",\"upgrades\":[" + (upgrades ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + options.pingInterval() + ",\"pingTimeout\":" + options.pingTimeout()
                + ",\"maxPayload\":" + options.maxPayload() + "}";
    }
}
