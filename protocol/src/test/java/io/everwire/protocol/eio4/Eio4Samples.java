package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.SessionOptions;
import java.util.List;

/** Packets and options that several tests use. */
final class Eio4Samples {
    /** The reference limits no depth. */
    static final SessionOptions DEEP = withDepth(200);

    /** Packets of every kind, without the attachments of binary ones. */
    static final List<String> PACKETS = List.of(
            "0",
            "0{\"token\":\"x\"}",
            "0/admin,{}",
            "1",
            "1/admin,",
            "2[\"hello\",1,null,{\"a\":[]}]",
            "20[\"ask\"]",
            "2/admin,13[\"é € 😀 \u2028\",\"\\ud83d\"]",
            "31[\"x\"]",
            "3/admin,9007199254740991[]",
            "4{\"message\":\"no\"}",
            "51-[\"x\",{\"_placeholder\":true,\"num\":0}]",
            "52-/admin,7[\"x\",[{\"_placeholder\":true,\"num\":1}],{\"a\":{\"num\":0,\"_placeholder\":true}}]",
            "61-0[{\"_placeholder\":true,\"num\":0}]");

    private Eio4Samples() {}

    /** Returns the packet of this text and these attachments; null if it cannot be read. */
    static Packet decode(String text, Bytes... attachments) {
        Eio4Decoder decoder = new Eio4Decoder(SessionOptions.DEFAULTS);
        try {
            Packet packet = decoder.text(Bytes.utf8(text));
            for (Bytes attachment : attachments) {
                packet = decoder.binary(attachment);
            }
            return packet;
        } catch (ProtocolException e) {
            return null;
        }
    }

    static SessionOptions withDepth(int maxDepth) {
        SessionOptions o = SessionOptions.DEFAULTS;
        return new SessionOptions(
                o.transports(),
                o.withheld(),
                o.upgrades(),
                o.maxPayload(),
                o.maxQueued(),
                o.maxAttachments(),
                maxDepth,
                o.pingInterval(),
                o.pingTimeout(),
                o.upgradeTimeout(),
                o.perTransport());
    }
}
