package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.SessionOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parser of socket.io-msgpack-parser 3.0.2: a packet is one binary message, a map with {@code type}, {@code nsp} and perhaps
 * {@code data} and {@code id}; binary data stands inside. Other keys are passed over, such as the {@code options} that the
 * official client sends along; of equal keys the last counts.
 */
final class Eio4Msgpack implements Eio4Parser {
    private static final UnaryOperator<Encoded> WRITER = Eio4MsgpackWriter::write;

    private static final Bytes TYPE = Bytes.utf8("type");
    private static final Bytes NAMESPACE = Bytes.utf8("nsp");
    private static final Bytes DATA = Bytes.utf8("data");
    private static final Bytes ID = Bytes.utf8("id");

    private static final int NO_TYPE = -1;

    private final SessionOptions options;

    Eio4Msgpack(SessionOptions options) {
        this.options = options;
    }

    @Override
    public @Nullable Packet text(Bytes message) {
        throw Eio4Decoder.malformed("text where msgpack was due");
    }

    @Override
    public @Nullable Packet binary(Bytes message) {
        Eio4MsgpackReader in = new Eio4MsgpackReader(message, options);
        long type = NO_TYPE;
        String namespace = null;
        long ackId = Packet.NO_ACK;
        Value data = null;
        for (int pairs = in.map(); pairs > 0; pairs--) {
            Bytes key = in.string();
            if (key.equals(TYPE)) {
                type = in.undefined() ? NO_TYPE : in.integer();
            } else if (key.equals(NAMESPACE)) {
                namespace = Eio4Decoder.namespace(in.string());
            } else if (key.equals(ID)) {
                ackId = in.undefined() ? Packet.NO_ACK : ackId(in.integer());
            } else if (key.equals(DATA)) {
                data = in.undefined() ? null : in.value();
            } else {
                in.value();
            }
        }
        in.end();
        if (namespace == null || namespace.charAt(0) != '/' || namespace.indexOf(',') >= 0) {
            throw Eio4Decoder.malformed("invalid namespace");
        }
        return packet(type, namespace, ackId, data);
    }

    @Override
    public boolean awaitsAttachments() {
        return false;
    }

    /**
     * Written as one piece, so it must not be larger than what may wait for a client: an array that is told a thousand times
     * waits once for clients of the default parser, and would be written a thousand times here.
     */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        if (encoded.size() > options.maxQueued()) {
            throw new ProtocolException(CloseReason.TRANSPORT_ERROR, "a message larger than what may wait");
        }
        return encoded.variant(WRITER);
    }

    /** A value as JSON, with the binary data that was in it. */
    record Value(Bytes json, List<Bytes> attachments) {
        boolean isObject() {
            return json.at(0) == '{' && attachments.isEmpty();
        }
    }

    private @Nullable Packet packet(long type, String namespace, long ackId, @Nullable Value data) {
        if (type == Eio4Encoder.CONNECT && (data == null || data.isObject())) {
            return data == null
                    ? new Packet.Connect(namespace, null)
                    : new Packet.Connect(namespace, data.json, Eio4Recovery.of(data.json));
        } else if (type == Eio4Encoder.DISCONNECT && data == null) {
            return new Packet.Disconnect(namespace);
        } else if (data == null || type < Eio4Encoder.EVENT || type > Eio4Encoder.CONNECT_ERROR) {
            throw Eio4Decoder.malformed("invalid type or payload");
        } else if (type == Eio4Encoder.CONNECT_ERROR) {
            if (!data.isObject() && data.json.at(0) != '"') {
                throw Eio4Decoder.malformed("invalid payload");
            }
            return new Packet.ConnectError(namespace, data.json);
        }
        boolean event = type == Eio4Encoder.EVENT;
        JsonArray array = Eio4Decoder.array(data.json, event, options.maxDepth());
        if (event) {
            return new Packet.Event(namespace, ackId, array, data.attachments);
        }
        return ackId == Packet.NO_ACK ? null : new Packet.Ack(namespace, ackId, array, data.attachments);
    }

    private static long ackId(long id) {
        if (id < 0 || id > Eio4Decoder.MAX_ACK_ID) {
            throw Eio4Decoder.malformed("ack id out of range");
        }
        return id;
    }
}
