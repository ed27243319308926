package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.msgpack.MsgpackReader;
import io.everwire.protocol.msgpack.MsgpackValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parser of socket.io-msgpack-parser 3.0.2. A packet is one binary message: a map with {@code type}, {@code nsp}
 * and perhaps {@code data} and {@code id}, with binary data inside.
 *
 * <p>Other keys are ignored, such as the {@code options} that the official client sends. Of equal keys the last one
 * counts.
 *
 * <p>Example: {@code 83 a4"type" 02 a3"nsp" a1"/" a4"data" 91 a1"x"} is the event {@code x} in the main namespace.
 */
final class Eio4Msgpack implements Eio4Parser {
    private static final UnaryOperator<Encoded> WRITER = Eio4MsgpackWriter::write;

    private static final Bytes TYPE = Bytes.utf8("type");
    private static final Bytes NAMESPACE = Bytes.utf8("nsp");
    private static final Bytes DATA = Bytes.utf8("data");
    private static final Bytes ID = Bytes.utf8("id");

    /** Stands for a map without {@code type}: no packet has it. */
    private static final int NO_TYPE = -1;

    private final SessionOptions options;

    /** Creates the parser of one session, with the limits in {@code options}. */
    Eio4Msgpack(SessionOptions options) {
        this.options = options;
    }

    /** Rejects text: a client of this parser sends none. */
    @Override
    public @Nullable Packet text(Bytes message) {
        throw Eio4Decoder.malformed("text in place of msgpack");
    }

    /** {@inheritDoc} The message is one map; its keys may have any order. */
    @Override
    public @Nullable Packet binary(Bytes message) {
        MsgpackReader in = new MsgpackReader(message, options.maxDepth(), options.maxAttachments(), false);
        long type = NO_TYPE;
        String namespace = null;
        long ackId = Packet.NO_ACK;
        MsgpackValue data = null;
        for (int pairs = in.map(); pairs > 0; pairs--) {
            Bytes key = in.string();
            if (key.equals(TYPE)) {
                type = in.undefined() ? NO_TYPE : in.integer();
            } else if (key.equals(NAMESPACE)) {
                namespace = in.string().toString();
            } else if (key.equals(ID)) {
                ackId = in.undefined() ? Packet.NO_ACK : ackId(in.integer());
            } else if (key.equals(DATA)) {
                data = in.undefined() ? null : in.value();
            } else {
                in.value();
            }
        }
        in.end();
        // A comma ends the name in the default parser: clients of that parser could not be addressed in such a
        // namespace.
        if (namespace == null || !namespace.startsWith("/") || namespace.indexOf(',') >= 0) {
            throw Eio4Decoder.malformed("invalid namespace");
        }
        return packet(type, namespace, ackId, data);
    }

    /** Returns 0: binary data is inside of the message. */
    @Override
    public int incomplete() {
        return 0;
    }

    /**
     * Returns the packet in msgpack, made once for all clients of this parser.
     *
     * <p>It is one message, so it must not be larger than the queue of a client may be. An array that is attached a
     * thousand times is queued once for clients of the default parser, but would be written a thousand times here.
     */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        if (encoded.size() > options.maxQueued()) {
            ReachedLimit reached = new ReachedLimit("maxQueuedBytes", options.maxQueued(), encoded.size());
            throw new ProtocolException(CloseReason.TRANSPORT_ERROR, reached);
        }
        return encoded.variant(WRITER);
    }

    /**
     * Returns the packet of a type, or null if it has no effect.
     *
     * @throws ProtocolException if the type is unknown or does not fit the payload
     */
    private @Nullable Packet packet(long type, String namespace, long ackId, @Nullable MsgpackValue data) {
        if (type == Eio4Encoder.CONNECT && (data == null || data.isObject())) {
            return data == null
                    ? new Packet.Connect(namespace, null)
                    : new Packet.Connect(namespace, data.json(), Eio4Recovery.of(data.json()));
        } else if (type == Eio4Encoder.DISCONNECT && data == null) {
            return new Packet.Disconnect(namespace);
        } else if (data == null || type < Eio4Encoder.EVENT || type > Eio4Encoder.CONNECT_ERROR) {
            throw Eio4Decoder.malformed("invalid type or payload");
        } else if (type == Eio4Encoder.CONNECT_ERROR) {
            if (!data.isObject() && data.json().at(0) != '"') {
                throw Eio4Decoder.malformed("invalid payload");
            }
            return new Packet.ConnectError(namespace, data.json());
        }
        boolean event = type == Eio4Encoder.EVENT;
        JsonArray array = Eio4Decoder.array(data.json(), event, options.maxDepth());
        if (event) {
            return new Packet.Event(namespace, ackId, array, data.attachments());
        }
        return ackId == Packet.NO_ACK ? null : new Packet.Ack(namespace, ackId, array, data.attachments());
    }

    /** Returns {@code id} if it is in the range of ack ids. */
    private static long ackId(long id) {
        if (id < 0 || id > Eio4Decoder.MAX_ACK_ID) {
            throw Eio4Decoder.malformed("ack id out of range");
        }
        return id;
    }
}
