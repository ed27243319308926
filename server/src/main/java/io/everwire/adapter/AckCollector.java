package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.List;

/**
 * Receives the acks of one broadcast. For each socket that the packet was sent to, exactly one method is called: with
 * the ack, or without one. Any thread may call it, several at a time.
 */
public interface AckCollector {
    /**
     * Called with the number of sockets of this server that were sent the packet and can answer. Called before the
     * first of them answers, once for each server that sent the packet.
     */
    default void asked(int count) {}

    /**
     * Called when a client of this server answered.
     *
     * @param socketId the id of its socket
     * @param data the arguments of the ack
     * @param attachments the binary attachments of the ack
     */
    void answered(String socketId, JsonArray data, List<Bytes> attachments);

    /**
     * Called when a client of this server will not answer: it disconnected, its generation has no acks, or the timeout
     * is over.
     */
    void missed(String socketId);

    /**
     * Called when a client of another server answered. Its id is unknown, because the wire of the Node adapters does
     * not carry it.
     */
    void answeredElsewhere(JsonArray data, List<Bytes> attachments);

    /**
     * Called with the number of clients of other servers that will not answer, or did not answer before the timeout.
     */
    void missedElsewhere(int count);
}
