package io.everwire.protocol.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.InitialPacket;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.TransportOptions;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Parses the {@code options} line of a transcript. */
final class OptionsText {
    private OptionsText() {}

    /** Returns {@code options} with the value of each {@code name=value} of the line. */
    static SessionOptions apply(SessionOptions options, String line) {
        for (String word : line.trim().split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not name=value: " + word);
            }
            options = with(options, word.substring(0, equals), word.substring(equals + 1));
        }
        return options;
    }

    private static SessionOptions with(SessionOptions o, String name, String value) {
        Map<String, String> one = Map.of(name, value);
        Map<String, TransportOptions> perTransport = new HashMap<>(o.perTransport());
        if (name.startsWith("transport.")) {
            int dot = name.lastIndexOf('.');
            String transport = name.substring("transport.".length(), dot);
            perTransport.put(transport, with(o.transport(transport), name.substring(dot + 1), Long.parseLong(value)));
        } else if (!Set.of(
                        "transports",
                        "parsers",
                        "upgrades",
                        "maxPayload",
                        "maxQueued",
                        "maxAttachments",
                        "maxDepth",
                        "pingInterval",
                        "pingTimeout",
                        "upgradeTimeout",
                        "initialPacket",
                        "attachmentTimeout")
                .contains(name)) {
            throw new IllegalArgumentException("no such option: " + name);
        }
        return new SessionOptions(
                name.equals("transports") ? Set.of(value.split(",")) : o.transports(),
                o.withheld(),
                Boolean.parseBoolean(one.getOrDefault("upgrades", "" + o.upgrades())),
                Integer.parseInt(one.getOrDefault("maxPayload", "" + o.maxPayload())),
                Integer.parseInt(one.getOrDefault("maxQueued", "" + o.maxQueued())),
                Integer.parseInt(one.getOrDefault("maxAttachments", "" + o.maxAttachments())),
                Integer.parseInt(one.getOrDefault("maxDepth", "" + o.maxDepth())),
                Long.parseLong(one.getOrDefault("pingInterval", "" + o.pingInterval())),
                Long.parseLong(one.getOrDefault("pingTimeout", "" + o.pingTimeout())),
                Long.parseLong(one.getOrDefault("upgradeTimeout", "" + o.upgradeTimeout())),
                perTransport,
                one.containsKey("initialPacket") ? initialPacket(value) : o.initialPacket(),
                Long.parseLong(one.getOrDefault("attachmentTimeout", "" + o.attachmentTimeout())),
                name.equals("parsers") ? Set.of(value.split(",")) : o.parsers());
    }

    /** Parses an initial packet: {@code <0102ff>} is binary, as elsewhere in transcripts. */
    private static InitialPacket initialPacket(String value) {
        return value.startsWith("<")
                ? new InitialPacket(Bytes.of(HexFormat.of().parseHex(value.substring(1, value.length() - 1))), true)
                : new InitialPacket(Bytes.utf8(value), false);
    }

    private static TransportOptions with(TransportOptions o, String name, long value) {
        OptionalLong set = OptionalLong.of(value);
        return switch (name) {
            case "closeTimeout" ->
                new TransportOptions(set, o.heartbeatInterval(), o.heartbeatTimeout(), o.pollDuration());
            case "heartbeatInterval" ->
                new TransportOptions(o.closeTimeout(), set, o.heartbeatTimeout(), o.pollDuration());
            case "heartbeatTimeout" ->
                new TransportOptions(o.closeTimeout(), o.heartbeatInterval(), set, o.pollDuration());
            case "pollDuration" ->
                new TransportOptions(o.closeTimeout(), o.heartbeatInterval(), o.heartbeatTimeout(), set);
            default -> throw new IllegalArgumentException("no such transport option: " + name);
        };
    }
}
