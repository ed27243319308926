package io.everwire.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO packet, independent of the generation. JSON is UTF-8 and valid. In it, {@code
 * {"_placeholder":true,"num":n}} stands for binary data, which travels as attachment {@code n}.
 */
public sealed interface Packet {
    /** The ack id of a packet that asks for no ack. */
    long NO_ACK = -1;

    /** The name of the main namespace, which every generation has. */
    String ROOT = "/";

    /** Returns the name of its namespace, with the leading slash. */
    String namespace();

    /**
     * Joins a namespace; from the server, confirms that it is joined.
     *
     * @param payload a JSON object or null: authentication data, or from the server the data for the client
     * @param recovery the data of a client that reconnects and wants its former state back, or null; never from the
     *     server
     */
    record Connect(
            String namespace,
            @Nullable Bytes payload,
            @Nullable Recovery recovery) implements Packet {
        /** Creates a packet without recovery data. */
        public Connect(String namespace, @Nullable Bytes payload) {
            this(namespace, payload, null);
        }
    }

    /**
     * The private id and last offset that a reconnecting client sends; see {@link Generation#recovers}. Nothing about
     * them is checked.
     *
     * @param pid the private id that it received when it joined
     * @param offset the offset of the last event that it received
     */
    record Recovery(String pid, String offset) {}

    /**
     * Reports that a namespace was not joined.
     *
     * @param payload a JSON object with {@code message} and perhaps {@code data}
     */
    record ConnectError(String namespace, Bytes payload) implements Packet {}

    /** Leaves a namespace. */
    record Disconnect(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param ackId the id that the ack must carry, 0 to 2<sup>53</sup>−1, or {@link #NO_ACK}
     * @param data the event's name, then its arguments; never empty
     * @param attachments the binary data, in order
     * @param offset the offset by which a client can later confirm that it received this event, or null if the event is
     *     not stored. Only generations that {@linkplain Generation#recovers recover} write it
     */
    record Event(
            String namespace,
            long ackId,
            JsonArray data,
            List<Bytes> attachments,
            @Nullable String offset) implements Packet {
        /** Creates an event without an offset. */
        public Event(String namespace, long ackId, JsonArray data, List<Bytes> attachments) {
            this(namespace, ackId, data, attachments, null);
        }
    }

    /**
     * A message, as sent by {@code send()}. The first generations have a packet of its own for it; later ones write the
     * event {@code message}.
     *
     * @param ackId as in {@link Event}
     * @param data any JSON value; a text message is a JSON string
     * @param offset as in {@link Event}
     */
    record Message(
            String namespace,
            long ackId,
            Bytes data,
            List<Bytes> attachments,
            @Nullable String offset) implements Packet {
        /** Creates a message without an offset. */
        public Message(String namespace, long ackId, Bytes data, List<Bytes> attachments) {
            this(namespace, ackId, data, attachments, null);
        }
    }

    /**
     * The answer to an event or message that asked for an ack.
     *
     * @param ackId the id of the event or message
     * @param data the arguments of the answer
     */
    record Ack(String namespace, long ackId, JsonArray data, List<Bytes> attachments) implements Packet {}
}
