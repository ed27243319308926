package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.Packet;
import io.everwire.protocol.msgpack.ByteSink;
import io.everwire.protocol.msgpack.MsgpackWriter;
import java.util.Collection;
import java.util.List;

/** Writes the broadcasts of the classic wire, {@code [uid, packet, options]} in msgpack, in one pass. */
final class BroadcastWriter {
    private static final Bytes TYPE = Bytes.utf8("type");
    private static final Bytes DATA = Bytes.utf8("data");
    private static final Bytes NSP = Bytes.utf8("nsp");
    private static final Bytes ROOMS = Bytes.utf8("rooms");
    private static final Bytes EXCEPT = Bytes.utf8("except");
    private static final Bytes FLAGS = Bytes.utf8("flags");
    private static final Bytes VOLATILE = Bytes.utf8("volatile");
    private static final Bytes COMPRESS = Bytes.utf8("compress");

    /** The prefixes of an array or a map with few elements, and the values true and false (msgpack specification). */
    private static final int ARRAY = 0x90;

    private static final int ARRAY_16 = 0xDC;
    private static final int MAP = 0x80;
    private static final int TRUE = 0xC3;
    private static final int FALSE = 0xC2;

    /** The memory for the parts whose length is fixed. */
    private static final int PARTS = 64;

    private final ByteSink out;
    private final MsgpackWriter values;

    private BroadcastWriter(Bytes json, List<Bytes> attachments, ByteSink out) {
        this.out = out;
        this.values = new MsgpackWriter(json, attachments, out);
    }

    /** Returns the bytes that all broadcasts of a server begin with. */
    static Bytes head(String uid) {
        ByteSink out = new ByteSink(PARTS);
        new BroadcastWriter(Bytes.EMPTY, List.of(), out).begin(uid);
        return Bytes.of(out.from(0).toByteArray());
    }

    static Bytes write(String uid, String namespace, Packet packet, BroadcastOptions to) {
        JsonArray data = MessageParts.data(packet);
        List<Bytes> attachments = MessageParts.attachments(packet);
        int size = PARTS + uid.length() + namespace.length() + data.json().length();
        for (Bytes attachment : attachments) {
            size += attachment.length();
        }
        for (String room : to.rooms()) {
            size += 2 + room.length();
        }
        ByteSink out = new ByteSink(size);
        BroadcastWriter writer = new BroadcastWriter(data.json(), attachments, out);
        writer.begin(uid);
        writer.packet(namespace);
        writer.options(to);
        return out.from(0);
    }

    private void begin(String uid) {
        out.put(ARRAY | 3);
        values.string(Bytes.utf8(uid));
    }

    private void packet(String namespace) {
        out.put(MAP | 3);
        values.string(TYPE);
        out.put(MessageParts.EVENT);
        values.string(DATA);
        values.value();
        values.string(NSP);
        values.string(Bytes.utf8(namespace));
    }

    /** Writes the choice of sockets; see {@link MessageParts#options}. */
    private void options(BroadcastOptions to) {
        out.put(MAP | 3);
        values.string(ROOMS);
        texts(to.rooms());
        values.string(EXCEPT);
        texts(to.except());
        values.string(FLAGS);
        out.put(MAP | ((to.isVolatile() ? 1 : 0) + (to.compress() ? 0 : 1)));
        if (to.isVolatile()) {
            values.string(VOLATILE);
            out.put(TRUE);
        }
        if (!to.compress()) {
            values.string(COMPRESS);
            out.put(FALSE);
        }
    }

    private void texts(Collection<String> texts) {
        int count = texts.size();
        if (count < 16) {
            out.put(ARRAY | count);
        } else {
            int bytes = count <= 0xFFFF ? 2 : 4;
            out.put(bytes == 2 ? ARRAY_16 : ARRAY_16 + 1);
            out.number(count, bytes);
        }
        texts.forEach(text -> values.string(Bytes.utf8(text)));
    }
}
