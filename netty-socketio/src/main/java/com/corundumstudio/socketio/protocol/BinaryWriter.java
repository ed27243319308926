package com.corundumstudio.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;

/** Writes a placeholder for binary data, which becomes an attachment of the packet. */
final class BinaryWriter extends StdSerializer<byte[]> {
    private static final long serialVersionUID = 1L;

    /** The attribute with the list of attachments. */
    static final Object ATTACHMENTS = new Object();

    BinaryWriter() {
        super(byte[].class);
    }

    @Override
    @SuppressWarnings("unchecked") // set by JacksonJsonSupport
    public void serialize(byte[] value, JsonGenerator out, SerializerProvider provider) throws IOException {
        List<byte[]> attachments = (List<byte[]>) provider.getAttribute(ATTACHMENTS);
        out.writeStartObject();
        out.writeBooleanField("_placeholder", true);
        out.writeNumberField("num", attachments.size());
        out.writeEndObject();
        attachments.add(value);
    }
}
