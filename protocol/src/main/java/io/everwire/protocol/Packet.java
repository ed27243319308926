package io.everwire.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Socket.IO says, whatever the generation. JSON is UTF-8 and valid; inside it, binary data stands as
 * {@code {"_placeholder":true,"num":n}} and travels as attachment {@code n}.
 */
public sealed interface Packet {
    /** The id of a packet that asks for no ack. */
    long NO_ACK = -1;

    /** The name of the namespace that every generation knows. */
    String ROOT = "/";

    /** The namespace it belongs to, with its leading slash. */
    String namespace();

    /**
     * Joins a namespace; from the server, says that it is joined.
     *
     * @param payload a JSON object (authentication data; from the server, what the client is told), or null
     * @param recovery what a client that was away says to get back what it had, or null; never from the server
     */
    record Connect(
            String namespace,
            @Nullable Bytes payload,
            @Nullable Recovery recovery) implements Packet {
        /** From a client that was not here before, or from the server. */
        public Connect(String namespace, @Nullable Bytes payload) {
            this(namespace, payload, null);
        }
    }

    /**
     * Whom a client says it was, and what it received last; see {@link Generation#recovers}. Nothing about it is checked.
     *
     * @param pid the private id it was given when it joined
     * @param offset the offset of the last packet it received
     */
    record Recovery(String pid, String offset) {}

    /**
     * Says that a namespace was not joined.
     *
     * @param payload a JSON object with {@code message} and perhaps {@code data}
     */
    record ConnectError(String namespace, Bytes payload) implements Packet {}

    /** Leaves a namespace. */
    record Disconnect(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param ackId the id the answer must carry, 0 to 2<sup>53</sup>−1, or {@link #NO_ACK}
     * @param data the event's name, then its arguments; never empty
     * @param attachments the binary data, in order
     * @param offset by which a client can say later that it received this; null if it is kept for nobody. It goes to those whose
     *     generation {@linkplain Generation#recovers recovers}, and is nothing to the others
     */
    record Event(
            String namespace,
            long ackId,
            JsonArray data,
            List<Bytes> attachments,
            @Nullable String offset) implements Packet {
        /** One without an offset. */
        public Event(String namespace, long ackId, JsonArray data, List<Bytes> attachments) {
            this(namespace, ackId, data, attachments, null);
        }
    }

    /**
     * A message: what {@code send()} sends. The first generations have a form of their own for it; to later ones it is
     * the event {@code message}.
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
        /** One without an offset. */
        public Message(String namespace, long ackId, Bytes data, List<Bytes> attachments) {
            this(namespace, ackId, data, attachments, null);
        }
    }

    /**
     * The answer to an event or message that asked for one.
     *
     * @param ackId the id of what is answered
     * @param data the arguments of the answer
     */
    record Ack(String namespace, long ackId, JsonArray data, List<Bytes> attachments) implements Packet {}
}
