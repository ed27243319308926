package io.everwire.cluster;

import io.everwire.adapter.BroadcastOptions;
import io.everwire.adapter.SocketDetails;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.JsonCursor;
import io.everwire.protocol.Packet;
import io.everwire.protocol.msgpack.Placeholder;
import io.everwire.protocol.text.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of messages that all wires have: packets, the choice of sockets, details of sockets, answers, ids. */
final class MessageParts {
    /** The packet type of an event (socket.io-protocol 5). */
    static final int EVENT = 2;

    /** The packet type that socket.io-emitter 2.0 writes if an event has binary data. */
    private static final int BINARY_EVENT = 5;

    private static final Bytes MESSAGE = Bytes.utf8("\"message\"");
    private static final Bytes NULL = Bytes.utf8("null");
    private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

    /**
     * The member that marks a message for Node servers alone. They ignore it (index.ts of @socket.io/redis-adapter 8.3.0, onrequest;
     * cluster-adapter.ts of socket.io-adapter 2.5.9, onMessage).
     */
    static final String FOR_NODE = "everwire";

    /** The length of the ids of sockets, on Node and here. A sharded publisher takes rooms of this length for ids. */
    static final int ID_LENGTH = 20;

    /** The largest number of sockets in one answer. */
    static final int MAX_SOCKETS = 1_000_000;

    /** The longest time that clients have for their acks to another server: one day, in milliseconds. */
    private static final long MAX_TIMEOUT = 86_400_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageParts() {}

    // Packets

    /** Returns the data of an event. A message is the event {@code message} for Node servers. */
    static JsonArray data(Packet packet) {
        return packet instanceof Packet.Event event
                ? event.data()
                : JsonArray.of(MESSAGE, ((Packet.Message) packet).data());
    }

    /** Returns the binary data of an event or message. */
    static List<Bytes> attachments(Packet packet) {
        return packet instanceof Packet.Event event ? event.attachments() : ((Packet.Message) packet).attachments();
    }

    /**
     * Returns the packet of a message, or null if it is no event. Its id is ignored: Node servers with connection state recovery send the
     * ids of acks that they wait for themselves.
     */
    static @Nullable Packet packet(String namespace, Fields packet, List<Bytes> attachments, int maxDepth) {
        Packet.Event event = event(namespace, packet, attachments, maxDepth);
        return event == null ? null : message(event);
    }

    /** Returns the packet of a message as an event, or null if it is none. */
    static Packet.@Nullable Event event(String namespace, Fields packet, List<Bytes> attachments, int maxDepth) {
        long type = packet.number("type");
        if (type != EVENT && type != BINARY_EVENT) {
            return null;
        }
        return event(namespace, Fields.array(packet.get("data"), maxDepth), attachments);
    }

    /**
     * Returns the event {@code message} with one argument as a message, because the first generations have a packet of its own for it:
     * their clients receive the same from every server.
     */
    private static Packet message(Packet.Event event) {
        JsonArray data = event.data();
        return data.size() == 2 && data.element(0).equals(MESSAGE)
                ? new Packet.Message(event.namespace(), Packet.NO_ACK, data.element(1), event.attachments())
                : event;
    }

    /** Returns an event with the arguments that an application gives. */
    static Packet.Event written(String namespace, String name, @Nullable Object[] args, JsonCodec codec) {
        List<byte[]> attachments = new ArrayList<>(0);
        Bytes[] elements = new Bytes[args.length + 1];
        elements[0] = Bytes.of(Json.quote(name));
        for (int i = 0; i < args.length; i++) {
            elements[i + 1] = Bytes.of(codec.write(args[i], attachments));
        }
        JsonArray data = JsonArray.of(elements);
        if (!attachments.isEmpty() && placeholders(new JsonCursor(data.json())) != attachments.size()) {
            throw new IllegalArgumentException(
                    name + ": an argument beside binary data has a member _placeholder, which stands for binary data");
        }
        return new Packet.Event(
                namespace,
                Packet.NO_ACK,
                data,
                attachments.stream().map(Bytes::of).toList());
    }

    /** Returns the number of objects that look like placeholders. */
    private static int placeholders(JsonCursor in) {
        int count = 0;
        char kind = (char) in.next();
        if (kind != '{' && kind != '[') {
            in.skip();
        } else if (in.begin()) {
            do {
                Bytes key = kind == '{' ? in.key() : Bytes.EMPTY;
                boolean mark = Placeholder.isMark(key);
                int from = in.at();
                count += placeholders(in);
                count += mark && Placeholder.isTrue(in.since(from)) ? 1 : 0;
            } while (in.another());
        }
        return count;
    }

    /** Returns an event with its data. */
    static Packet.Event event(String namespace, JsonArray data, List<Bytes> attachments) {
        return new Packet.Event(namespace, Packet.NO_ACK, named(data), attachments);
    }

    /** Checks that data begins with a name. In JavaScript it may be a number, which becomes a text here. */
    private static JsonArray named(JsonArray data) {
        String name = data.size() == 0 ? null : Fields.text(data.element(0));
        if (name == null) {
            throw Fields.malformed("an event without a name");
        }
        if (data.element(0).at(0) == '"') {
            return data;
        }
        Bytes[] elements = new Bytes[data.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = data.element(i);
        }
        elements[0] = Bytes.utf8("\"" + name + "\"");
        return JsonArray.of(elements);
    }

    // The choice of sockets

    /** Writes the choice of sockets with flags; see {@link #to}. */
    static void options(JsonWriter out, BroadcastOptions to, long timeoutMillis) {
        out.begin('{').name("rooms").texts(to.rooms()).name("except").texts(to.except());
        out.name("flags").begin('{');
        // "volatile" and "compress" are absent with their defaults: Node tests for the presence of the first.
        if (to.isVolatile()) {
            out.name("volatile").bool(true);
        }
        if (!to.compress()) {
            out.name("compress").bool(false);
        }
        if (timeoutMillis > 0) {
            out.name("timeout").number(timeoutMillis);
        }
        out.end('}').end('}');
    }

    /** Writes the choice of sockets. */
    static void choice(JsonWriter out, BroadcastOptions to) {
        out.begin('{').name("rooms").texts(to.rooms()).name("except").texts(to.except());
        out.end('}');
    }

    /** Returns the choice of sockets. Everything in it may be missing. */
    static BroadcastOptions to(Fields options, int maxRooms) {
        Fields flags = options.object("flags");
        return new BroadcastOptions(
                options.texts("rooms", maxRooms),
                options.texts("except", maxRooms),
                false,
                flags.isTrue("volatile"),
                !flags.isFalse("compress"));
    }

    /** Returns the time for acks, in milliseconds: that of the message, or {@code requestTimeout}. */
    static long timeoutMillis(Fields options, ClusterOptions defaults) {
        long timeout = options.object("flags").number("timeout");
        return timeout > 0
                ? Math.min(timeout, MAX_TIMEOUT)
                : defaults.requestTimeout().toMillis();
    }

    // Details of sockets

    /** Writes the details of a socket. */
    static void socket(JsonWriter out, SocketDetails socket, boolean headers) {
        out.begin('{').name("id").text(socket.id()).name("handshake");
        Bytes handshake = socket.handshake();
        if (headers) {
            out.value(handshake);
        } else {
            Fields fields = Fields.of(handshake);
            out.begin('{');
            for (String name : fields.names()) {
                Bytes value = fields.get(name);
                out.name(name).value(name.equals("headers") ? EMPTY_OBJECT : value == null ? NULL : value);
            }
            out.end('}');
        }
        out.name("rooms")
                .texts(socket.rooms())
                .name("data")
                .value(socket.data())
                .end('}');
    }

    /** Returns the details of sockets. */
    static List<SocketDetails> sockets(List<Bytes> elements, List<Bytes> attachments, int maxRooms) {
        List<SocketDetails> sockets = new ArrayList<>(elements.size());
        for (Bytes element : elements) {
            Fields socket = Fields.of(element);
            sockets.add(SocketDetails.of(
                    socket.required("id"),
                    socket.texts("rooms", maxRooms),
                    object(socket, "handshake", attachments),
                    object(socket, "data", attachments)));
        }
        return sockets;
    }

    private static Bytes object(Fields fields, String name, List<Bytes> attachments) {
        Bytes value = fields.get(name);
        if (value == null || value.at(0) != '{') {
            return EMPTY_OBJECT;
        }
        return attachments.isEmpty() ? value : withBuffers(value, attachments);
    }

    /** Returns JSON with binary data written as Node writes a {@code Buffer}: {@code {"type":"Buffer","data":[1,2]}}. */
    static Bytes withBuffers(Bytes json, List<Bytes> attachments) {
        JsonWriter out = new JsonWriter(json.length());
        copy(new JsonCursor(json), out, attachments);
        return out.done();
    }

    private static void copy(JsonCursor in, JsonWriter out, List<Bytes> attachments) {
        switch (in.next()) {
            case '{' -> copyObject(in, out, attachments);
            case '[' -> {
                out.begin('[');
                if (in.begin()) {
                    do {
                        copy(in, out, attachments);
                    } while (in.another());
                }
                out.end(']');
            }
            default -> out.value(in.skip());
        }
    }

    private static void copyObject(JsonCursor in, JsonWriter out, List<Bytes> attachments) {
        Bytes object = in.skip();
        Bytes attachment = attachment(object, attachments);
        if (attachment != null) {
            out.begin('{').name("type").text("Buffer").name("data").begin('[');
            for (int i = 0; i < attachment.length(); i++) {
                out.number(attachment.at(i) & 0xFF);
            }
            out.end(']').end('}');
            return;
        }
        out.begin('{');
        JsonCursor members = new JsonCursor(object);
        if (members.begin()) {
            do {
                Bytes key = members.key();
                out.name(Fields.unquote(key));
                copy(members, out, attachments);
            } while (members.another());
        }
        out.end('}');
    }

    private static @Nullable Bytes attachment(Bytes object, List<Bytes> attachments) {
        boolean placeholder = false;
        int number = -1;
        JsonCursor members = new JsonCursor(object);
        if (members.begin()) {
            do {
                Bytes key = members.key();
                Bytes value = members.skip();
                placeholder |= Placeholder.isMark(key) && Placeholder.isTrue(value);
                number = Placeholder.isNumber(key) ? Placeholder.index(value, attachments.size()) : number;
            } while (members.another());
        }
        return placeholder && number >= 0 ? attachments.get(number) : null;
    }

    // Answers

    /** Writes the arguments of an answer: the first as Node does, and all of them as {@code args} if there are more. */
    static void answer(JsonWriter out, String name, JsonArray data) {
        if (data.size() > 0) {
            out.name(name).value(data.element(0));
        }
        if (data.size() > 1) {
            out.name("args").value(data.json());
        }
    }

    /** Returns the arguments of an answer. */
    static JsonArray answer(Fields fields, String name, int maxDepth) {
        if (fields.get("args") != null) {
            return Fields.array(fields.get("args"), maxDepth);
        }
        Bytes first = fields.get(name);
        return first != null ? JsonArray.of(first) : fields.has(name) ? JsonArray.of(NULL) : JsonArray.EMPTY;
    }

    // Ids

    /** Returns random letters and digits. */
    static String randomText(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, length);
    }

    /** Returns 16 random hexadecimal digits, as the ids of socket.io-adapter 2.5 (randomId). */
    static String randomHex() {
        return String.format("%016x", RANDOM.nextLong());
    }

    // Bytes

    /** Returns whether a message begins with these bytes. */
    static boolean begins(Bytes message, Bytes head) {
        return message.length() >= head.length()
                && Arrays.equals(
                        message.array(),
                        message.offset(),
                        message.offset() + head.length(),
                        head.array(),
                        head.offset(),
                        head.end());
    }

    /** Returns whether a message ends with these bytes. */
    static boolean ends(Bytes message, Bytes end) {
        return message.length() >= end.length()
                && Arrays.equals(
                        message.array(),
                        message.end() - end.length(),
                        message.end(),
                        end.array(),
                        end.offset(),
                        end.end());
    }

    // Channels

    /** Returns whether UTF-8 can carry a text. The name of a channel with a lone surrogate would be that of another one. */
    static boolean fitsChannel(String room) {
        for (int i = 0; i < room.length(); i++) {
            if (Character.isSurrogate(room.charAt(i))) {
                boolean pair = Character.isHighSurrogate(room.charAt(i))
                        && i + 1 < room.length()
                        && Character.isLowSurrogate(room.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Returns the choice of sockets for a message in msgpack, without the rooms whose names UTF-8 cannot carry: they would become the names
     * of other rooms. Null if no room is left.
     */
    static @Nullable BroadcastOptions inUtf8(BroadcastOptions to) {
        if (to.rooms().stream().allMatch(MessageParts::fitsChannel)
                && to.except().stream().allMatch(MessageParts::fitsChannel)) {
            return to;
        }
        Set<String> rooms =
                to.rooms().stream().filter(MessageParts::fitsChannel).collect(Collectors.toSet());
        if (rooms.isEmpty() && !to.rooms().isEmpty()) {
            return null;
        }
        Set<String> except =
                to.except().stream().filter(MessageParts::fitsChannel).collect(Collectors.toSet());
        return new BroadcastOptions(rooms, except, to.local(), to.isVolatile(), to.compress());
    }

    /** Returns the only room of a choice, if the message can go to its channel; null otherwise. */
    static @Nullable String onlyRoom(Set<String> rooms) {
        if (rooms.size() != 1) {
            return null;
        }
        String room = rooms.iterator().next();
        return fitsChannel(room) ? room : null;
    }

    /** Returns a glob pattern that matches a text alone: a client may have chosen it (Redis, stringmatchlen in util.c). */
    static String escapeGlob(String text) {
        StringBuilder pattern = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*?[]\\^-".indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }
}
