package io.everwire.protocol.msgpack;

import io.everwire.protocol.Bytes;
import java.util.List;

/**
 * A value as JSON, with the binary data that it contains.
 *
 * @param attachments the binary data, in the order of its placeholders
 */
public record MsgpackValue(Bytes json, List<Bytes> attachments) {
    /** Returns whether it is an object without binary data. */
    public boolean isObject() {
        return json.at(0) == '{' && attachments.isEmpty();
    }
}
