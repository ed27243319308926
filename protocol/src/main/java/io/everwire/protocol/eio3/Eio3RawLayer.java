package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Json;
import java.util.List;
import java.util.function.Consumer;

/**
 * Engine.IO alone. A message is text or binary, as the client wrote it, and belongs to {@code /}. What else can be sent has
 * these forms: JSON that is no text is sent as its JSON; an event as the object {@code {"name":…,"args":[…]}}; binary data
 * inside of either follows as binary messages, placeholders in its place; a disconnect is the end of the session.
 */
final class Eio3RawLayer implements Eio3Layer {
    private static final Bytes PLACEHOLDER = Bytes.utf8("{\"_placeholder\":true,\"num\":0}");
    private static final Encoded CLOSE_SESSION = new Encoded(Bytes.EMPTY, List.of(), true);

    private final SessionListener listener;

    /** A {@link Eio3Layer.Factory}: no options matter here, and nothing is answered. */
    Eio3RawLayer(SessionOptions options, SessionListener listener, Consumer<Encoded> answers) {
        this.listener = listener;
    }

    /** Who is there is in the one namespace there is. */
    @Override
    public void start() {
        listener.packet(new Packet.Connect(Packet.ROOT, null));
    }

    @Override
    public void text(Bytes message) {
        Bytes json = Bytes.of(Json.quote(message.toString()));
        listener.packet(new Packet.Message(Packet.ROOT, Packet.NO_ACK, json, List.of()));
    }

    @Override
    public void binary(Bytes message) {
        listener.packet(new Packet.Message(Packet.ROOT, Packet.NO_ACK, PLACEHOLDER, List.of(message)));
    }

    @Override
    public boolean awaitsAttachments() {
        return false;
    }

    @Override
    public int sent(Encoded packet) {
        return 1;
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
            return new Encoded(Bytes.EMPTY, Eio3Encoder.typed(attachments), false);
        }
        boolean isText = json.at(0) == '"';
        return text(isText ? Json.text(json.array(), json.offset(), json.end()) : json.toString(), attachments);
    }

    private static Encoded text(String message, List<Bytes> attachments) {
        return new Encoded(Bytes.utf8('4' + message), Eio3Encoder.typed(attachments), false);
    }
}
