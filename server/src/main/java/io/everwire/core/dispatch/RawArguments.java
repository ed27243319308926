package io.everwire.core.dispatch;

import io.everwire.json.RawJson;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.List;

/** Converts between arguments of packets and {@link RawJson}. Numbers of placeholders count from 0 in both. */
public final class RawArguments {
    /** The depth of JSON that an application sends: far more than a client accepts, and no risk for the stack. */
    private static final int MAX_DEPTH = 500;

    private RawArguments() {}

    /** Returns one argument of a packet, with those attachments of the packet that it names. */
    static RawJson read(Bytes argument, List<Bytes> attachments) {
        if (attachments.isEmpty()) {
            return RawJson.of(argument.toByteArray());
        }
        List<byte[]> own = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        Bytes json = Placeholders.renumber(argument, number -> {
            if (number >= attachments.size()) {
                return number;
            }
            int before = known.indexOf(number);
            if (before >= 0) {
                return before;
            }
            known.add(number);
            own.add(attachments.get(number).toByteArray());
            return own.size() - 1;
        });
        return RawJson.of(json.toByteArray(), own);
    }

    /**
     * Returns the JSON of an argument of a packet, in an array of its own. A placeholder without an attachment is left as user data.
     *
     * @param attachments the attachments of the packet; receives those of the argument
     * @throws IllegalArgumentException if it is not JSON
     */
    public static Bytes write(RawJson raw, List<byte[]> attachments) {
        Bytes json = Bytes.of(raw.bytes());
        if (!Json.isValue(json.array(), json.offset(), json.end(), MAX_DEPTH)) {
            throw new IllegalArgumentException("raw JSON: the text is not one valid JSON value");
        }
        List<byte[]> own = raw.attachments();
        int first = attachments.size();
        Bytes numbered = Placeholders.renumber(json, number -> number < own.size() ? first + number : number);
        attachments.addAll(own);
        return numbered;
    }
}
