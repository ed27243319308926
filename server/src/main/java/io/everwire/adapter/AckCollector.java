package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.List;

/** Takes what comes back of one broadcast: of each socket that was sent it, one answer or that there is none. Any thread may call it. */
public interface AckCollector {
    /** So many sockets of this server were sent it and can answer. Told before any of them does, once for each server asked. */
    default void asked(int count) {}

    /**
     * A client answered.
     *
     * @param socketId the id of its socket
     * @param data the arguments of the answer
     */
    void answered(String socketId, JsonArray data, List<Bytes> attachments);

    /** A client will not answer: it left, cannot, or took too long. */
    void missed(String socketId);

    /** A client of another server answered; which one, that server does not tell. */
    void answeredElsewhere(JsonArray data, List<Bytes> attachments);

    /** So many clients of other servers will not answer, or not in time. */
    void missedElsewhere(int count);
}
