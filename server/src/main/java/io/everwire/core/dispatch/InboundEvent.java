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
 * @param arrived {@link System#nanoTime} when it arrived, or 0 if nothing observes the server
 * @param size the memory that it uses until it is handled, in bytes
 */
public record InboundEvent(JsonArray data, long ackId, List<Bytes> attachments, long arrived, int size) {
    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");

    /** The memory of a queued event beside its bytes: the tasks and objects that hold it, in bytes. */
    private static final int OVERHEAD = 192;

    /** The memory of an attachment beside its bytes. */
    private static final int ATTACHMENT = 64;

    /** Returns the event of a packet; a message is the event {@code message}. */
    public static InboundEvent of(Packet packet, long arrived) {
        if (packet instanceof Packet.Message message) {
            return of(JsonArray.of(MESSAGE, message.data()), message.ackId(), message.attachments(), arrived);
        }
        Packet.Event event = (Packet.Event) packet;
        return of(event.data(), event.ackId(), event.attachments(), arrived);
    }

    private static InboundEvent of(JsonArray data, long ackId, List<Bytes> attachments, long arrived) {
        JsonArray kept = data.compact();
        int size = OVERHEAD + kept.memory();
        if (attachments.isEmpty()) {
            return new InboundEvent(kept, ackId, attachments, arrived, size);
        }
        Bytes[] parts = new Bytes[attachments.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = attachments.get(i).compact();
            size += ATTACHMENT + parts[i].array().length;
        }
        return new InboundEvent(kept, ackId, List.of(parts), arrived, size);
    }

    /** Returns the name. */
    public String name() {
        return EventHandlers.text(data.element(0));
    }

    /** Returns the arguments. */
    public Arguments arguments(JsonCodec codec) {
        return new EventArguments(data, 1, attachments, codec);
    }

    /** Returns the arguments for handlers, which may send the ack. */
    Arguments arguments(JsonCodec codec, EventArguments.AckSender ack) {
        return new EventArguments(data, 1, attachments, codec, ackId == Packet.NO_ACK ? null : ack);
    }
}
