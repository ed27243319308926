package io.everwire.core.connect;

import io.everwire.Handshake;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.Packet;
import io.everwire.protocol.RequestHead;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the handshakes that servers of a cluster exchange: the members of the Node server (socket.io 4.8,
 * Socket.buildHandshake), and two additional ones, {@code generation} and {@code transport}.
 */
public final class HandshakeJson {
    /** The format of {@code new Date() + ""} in JavaScript. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HandshakeJson() {}

    static Bytes write(Handshake handshake, Bytes auth, JsonCodec codec) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("headers", handshake.headers());
        members.put("time", TIME.format(handshake.time()));
        members.put("address", address(handshake.address()));
        members.put("xdomain", handshake.xdomain());
        members.put("secure", handshake.secure());
        members.put("issued", handshake.time().toEpochMilli());
        members.put("url", handshake.url());
        members.put("query", handshake.query());
        members.put("generation", handshake.generation());
        members.put("transport", handshake.transport());
        String json = Bytes.of(codec.write(members, new ArrayList<>())).toString();
        return Bytes.utf8(json.substring(0, json.length() - 1) + ",\"auth\":" + auth + "}");
    }

    /**
     * Reads a handshake.
     *
     * @throws io.everwire.json.JsonException if it is not JSON
     */
    public static Handshake read(Bytes json, JsonCodec codec) {
        Object read = codec.read(json.array(), json.offset(), json.end(), Object.class, List.of());
        Map<?, ?> members = read instanceof Map<?, ?> map ? map : Map.of();
        Object auth = members.get("auth");
        Bytes written = auth == null ? null : Bytes.of(codec.write(auth, new ArrayList<>()));
        Instant time = Instant.ofEpochMilli(members.get("issued") instanceof Number issued ? issued.longValue() : 0);
        return new CoreHandshake(
                new Head(members),
                text(members, "generation"),
                text(members, "transport"),
                time,
                new Packet.Connect(Packet.ROOT, written),
                codec,
                null);
    }

    /** Returns the numeric address, never a name, as the Node server does. */
    private static String address(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        return resolved == null ? address.getHostString() : resolved.getHostAddress();
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** The request that another server sent. */
    private record Head(Map<?, ?> members) implements RequestHead {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String target() {
            return text(members, "url");
        }

        @Override
        public @Nullable String header(String name) {
            String[] found = {null};
            forEachHeader((header, value) -> found[0] = header.equalsIgnoreCase(name) ? value : found[0]);
            return found[0];
        }

        @Override
        public void forEachHeader(BiConsumer<String, String> visitor) {
            if (members.get("headers") instanceof Map<?, ?> headers) {
                headers.forEach((name, value) -> visitor.accept(String.valueOf(name), String.valueOf(value)));
            }
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved(text(members, "address"), 0);
        }

        @Override
        public boolean secure() {
            return Boolean.TRUE.equals(members.get("secure"));
        }

        @Override
        public boolean upgrade() {
            return false;
        }
    }
}
