package io.everwire.cluster;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.msgpack.MsgpackReader;
import io.everwire.protocol.msgpack.MsgpackValue;
import io.everwire.protocol.msgpack.MsgpackWriter;
import io.everwire.protocol.text.Json;
import java.util.List;

/**
 * The content of a message: valid JSON, with binary data beside it. On the line it is JSON if it begins with a brace, else msgpack, as
 * the readers of the Node adapters decide.
 *
 * @param attachments the binary data, in the order of its placeholders
 */
record Content(Bytes json, List<Bytes> attachments) {
    /**
     * Reads a message.
     *
     * @throws ProtocolException if it is neither JSON nor msgpack, or passes a limit
     */
    static Content read(Bytes message, ClusterOptions options) {
        if (message.length() > options.maxMessageBytes()) {
            ReachedLimit reached = new ReachedLimit("maxMessageBytes", options.maxMessageBytes(), message.length());
            throw new ProtocolException(CloseReason.FORCED_CLOSE, reached);
        }
        if (!message.isEmpty() && message.at(0) == '{') {
            if (!Json.isValue(message.array(), message.offset(), message.end(), options.maxDepth())) {
                throw Fields.malformed("not JSON");
            }
            return new Content(message, List.of());
        }
        MsgpackReader reader = new MsgpackReader(message, options.maxDepth(), options.maxAttachments(), true);
        MsgpackValue value = reader.value();
        reader.end();
        return new Content(value.json(), value.attachments());
    }

    /** Returns it as JSON, or as msgpack if it has binary data. */
    Bytes shortest() {
        return attachments.isEmpty() ? json : msgpack();
    }

    /** Returns it as msgpack. */
    Bytes msgpack() {
        return MsgpackWriter.write(json, attachments);
    }
}
