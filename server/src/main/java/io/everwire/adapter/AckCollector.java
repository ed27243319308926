package io.everwire.adapter;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import java.util.List;

/** Takes what comes back of one broadcast: of each socket that was sent it, one call. Any thread may call it. */
public interface AckCollector {
    /**
     * A client answered.
     *
     * @param socketId the id of its socket
     * @param data the arguments of the answer
     */
    void answered(String socketId, JsonArray data, List<Bytes> attachments);

    /** A client will not answer: it left, cannot, or took too long. */
    void missed(String socketId);
}
