package io.everwire.core.dispatch;

import io.everwire.Arguments;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import java.util.List;

/**
 * An event or message that arrived.
 *
 * @param data the name of the event and its arguments
 * @param ackId the id of the ack that the client waits for, or {@link Packet#NO_ACK}
 * @param size the bytes that it counts as queued input until it is handled
 */
public record InboundEvent(JsonArray data, long ackId, List<Bytes> attachments, int size) {
    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    /** The cost of a packet beside its bytes, so that many small packets count, too. */
    private static final int OVERHEAD = 128;

    /** Returns the event of a packet; a message is the event {@code message}. */
    public static InboundEvent of(Packet packet) {
        if (packet instanceof Packet.Message message) {
            JsonArray data = JsonArray.of(MESSAGE, message.data());
            return new InboundEvent(data, message.ackId(), message.attachments(), size(data, message.attachments()));
        }
        Packet.Event event = (Packet.Event) packet;
        return new InboundEvent(
                event.data(), event.ackId(), event.attachments(), size(event.data(), event.attachments()));
    }

    /** Returns the name. */
    public String name() {
        return EventHandlers.text(data.element(0));
    }

    /** Returns the arguments. */
    public Arguments arguments(JsonCodec codec) {
        return new EventArguments(data, 1, attachments, codec);
    }

    private static int size(JsonArray data, List<Bytes> attachments) {
        int size = OVERHEAD + data.json().length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        return size;
    }
}
