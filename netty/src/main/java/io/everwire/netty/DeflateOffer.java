package io.everwire.netty;

import io.everwire.engine.Compression;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client offers in {@code Sec-WebSocket-Extensions}, and what it is answered (RFC 7692, section 7.1). */
final class DeflateOffer {
    private static final String NAME = "permessage-deflate";
    private static final String FORGETFUL_SERVER = "server_no_context_takeover";

    private DeflateOffer() {}

    /**
     * The answer to the first offer that can be taken, or null if none can.
     *
     * @param offers the header, or null
     */
    static @Nullable String accept(@Nullable String offers, Compression.Deflate options) {
        if (offers == null) {
            return null;
        }
        for (String offer :
                offers.toLowerCase(Locale.ROOT).replaceAll("[ \t\"]", "").split(",", -1)) {
            String[] parts = offer.split(";", -1);
            if (parts[0].equals(NAME) && isTakeable(parts)) {
                return answer(Set.of(parts), options);
            }
        }
        return null;
    }

    /** Whether the server promised that each of its messages stands by itself. */
    static boolean forgets(String answer) {
        return answer.contains(FORGETFUL_SERVER);
    }

    /**
     * Without takeover neither side has to remember anything. The window is always the largest: the JDK has no other for what it
     * writes, and reads what any smaller one wrote.
     */
    private static String answer(Set<String> offer, Compression.Deflate options) {
        boolean remembers = options.contextTakeover() && !offer.contains(FORGETFUL_SERVER);
        String server = remembers ? "" : "; " + FORGETFUL_SERVER;
        return NAME + server + (options.contextTakeover() ? "" : "; client_no_context_takeover");
    }

    private static boolean isTakeable(String[] parts) {
        Set<String> names = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("=", 2)[0];
            boolean known = switch (name) {
                case FORGETFUL_SERVER, "client_no_context_takeover" -> parts[i].equals(name);
                case "client_max_window_bits" -> parts[i].matches("[a-z_]+(=([89]|1[0-5]))?");
                case "server_max_window_bits" -> parts[i].endsWith("=15");
                default -> false;
            };
            if (!known || !names.add(name)) {
                return false;
            }
        }
        return true;
    }
}
