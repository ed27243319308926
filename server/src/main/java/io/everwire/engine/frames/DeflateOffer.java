package io.everwire.engine.frames;

import io.everwire.engine.Compression;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Negotiates {@code permessage-deflate} in {@code Sec-WebSocket-Extensions} (RFC 7692, section 7.1). */
public final class DeflateOffer {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_STATELESS = "server_no_context_takeover";
    private static final String LARGEST_WINDOW = "server_max_window_bits=15";

    private DeflateOffer() {}

    /**
     * Returns the response to the first acceptable offer, or null if there is none.
     *
     * @param offers the header of the request, or null
     */
    public static @Nullable String accept(@Nullable String offers, Compression.Deflate options) {
        if (offers == null) {
            return null;
        }
        for (String offer :
                offers.toLowerCase(Locale.ROOT).replaceAll("[ \t\"]", "").split(",", -1)) {
            String[] parts = offer.split(";", -1);
            if (parts[0].equals(NAME) && isAcceptable(parts)) {
                return answer(Set.of(parts), options);
            }
        }
        return null;
    }

    /** Returns whether the server's messages do not refer to earlier ones, according to its own response. */
    public static boolean isServerStateless(String answer) {
        return answer.contains(SERVER_STATELESS);
    }

    /**
     * Returns the response to an acceptable offer. Without takeover, neither side keeps state. The window of the server
     * always has the largest size: the JDK compresses with no other, and expands data of every smaller one.
     */
    private static String answer(Set<String> offer, Compression.Deflate options) {
        boolean keepsState = options.contextTakeover() && !offer.contains(SERVER_STATELESS);
        String server = keepsState ? "" : "; " + SERVER_STATELESS;
        String client = options.contextTakeover() ? "" : "; client_no_context_takeover";
        // A window that the client names must be named in the response (section 7.1.2.1).
        return NAME + server + client + (offer.contains(LARGEST_WINDOW) ? "; " + LARGEST_WINDOW : "");
    }

    /** Returns whether every parameter is known, has a valid value and occurs once (RFC 7692, section 7). */
    private static boolean isAcceptable(String[] parts) {
        Set<String> names = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("=", 2)[0];
            boolean known = switch (name) {
                case SERVER_STATELESS, "client_no_context_takeover" -> parts[i].equals(name);
                case "client_max_window_bits" -> parts[i].matches("[a-z_]+(=([89]|1[0-5]))?");
                case "server_max_window_bits" -> parts[i].equals(LARGEST_WINDOW);
                default -> false;
            };
            if (!known || !names.add(name)) {
                return false;
            }
        }
        return true;
    }
}
