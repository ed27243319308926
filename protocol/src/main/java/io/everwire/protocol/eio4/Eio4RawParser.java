package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Engine.IO alone. A message is text or binary, as the client wrote it, and belongs to {@code /}. What else can be sent has
 * these forms: JSON that is no text is sent as its JSON; an event as the object {@code {"name":…,"args":[…]}}; binary data
 * inside of either follows as binary messages, placeholders in its place; a disconnect is the end of the session.
 */
final class Eio4RawParser implements Eio4Parser {
    private static final Bytes PLACEHOLDER = Bytes.utf8("{\"_placeholder\":true,\"num\":0}");
    private static final Encoded CLOSE_SESSION = new Encoded(Bytes.EMPTY, List.of(), true);

    /** Who is there is in the one namespace there is. */
    @Override
    public Packet firstPacket() {
        return new Packet.Connect(Packet.ROOT, null);
    }

    @Override
    public @Nullable Packet text(Bytes message) {
        return new Packet.Message(Packet.ROOT, Packet.NO_ACK, Bytes.of(Json.quote(message.toString())), List.of());
    }

    @Override
    public @Nullable Packet binary(Bytes message) {
        return new Packet.Message(Packet.ROOT, Packet.NO_ACK, PLACEHOLDER, List.of(message));
    }

    @Override
    public boolean awaitsAttachments() {
        return false;
    }

    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }

    static Encoded encode(Packet packet) {
        if (!packet.namespace().equals(Packet.ROOT)) {
            return Encoded.NOTHING;
        } else if (packet instanceof Packet.Message message) {
            return encode(message.data(), message.attachments());
        } else if (packet instanceof Packet.Event event) {
            return text(
                    "{\"name\":" + event.data().element(0) + ",\"args\":"
                            + event.data().tail().json() + "}",
                    event.attachments());
        }
        boolean ends = packet instanceof Packet.Disconnect || packet instanceof Packet.ConnectError;
        return ends ? CLOSE_SESSION : Encoded.NOTHING;
    }

    private static Encoded encode(Bytes json, List<Bytes> attachments) {
        if (attachments.size() == 1 && json.equals(PLACEHOLDER)) {
            return new Encoded(Bytes.EMPTY, attachments, false);
        }
        boolean isText = json.at(0) == '"';
        return text(isText ? Json.text(json.array(), json.offset(), json.end()) : json.toString(), attachments);
    }

    private static Encoded text(String message, List<Bytes> attachments) {
        return new Encoded(Bytes.utf8('4' + message), attachments, false);
    }
}
