package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.text.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes messages of Engine.IO alone. A message is text or binary, as the client sent it, and belongs to
 * {@code /}.
 *
 * <p>The server can send more than that, in these forms: JSON other than a string as its JSON text; an event as the
 * object {@code {"name":…,"args":[…]}}; binary data inside of either as binary messages behind it, with placeholders in
 * its place; a disconnect as the end of the session.
 */
final class Eio4RawParser implements Eio4Parser {
    /** The data of a binary message: it consists of nothing but its attachment. */
    private static final Bytes PLACEHOLDER = Bytes.utf8("{\"_placeholder\":true,\"num\":0}");
    /** No bytes, then the end of the session: Engine.IO has no packet for a disconnect. */
    private static final Encoded CLOSE_SESSION = new Encoded(Bytes.EMPTY, List.of(), true);

    /** Returns the packet that joins {@code /}: a client is in this one namespace without asking. */
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

    /** Returns 0: every message is complete. */
    @Override
    public int incomplete() {
        return 0;
    }

    /** Returns {@code encoded} unchanged: all clients read the same form. */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }

    /** Returns the message that carries {@code packet}; nothing if Engine.IO cannot express it. */
    static Encoded encode(Packet packet) {
        // Other namespaces, acks and the answer to joining have no form.
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

    /** Encodes a JSON value: a string as its text, a sole placeholder as its bytes, everything else as JSON. */
    private static Encoded encode(Bytes json, List<Bytes> attachments) {
        if (attachments.size() == 1 && json.equals(PLACEHOLDER)) {
            return new Encoded(Bytes.EMPTY, attachments, false);
        }
        boolean isText = json.at(0) == '"';
        return text(isText ? Json.text(json.array(), json.offset(), json.end()) : json.toString(), attachments);
    }

    /** Returns the message 4…, followed by its attachments. */
    private static Encoded text(String message, List<Bytes> attachments) {
        return new Encoded(Bytes.utf8('4' + message), attachments, false);
    }
}
