package io.everwire.engine.frames;

import io.everwire.engine.Compression;
import io.everwire.protocol.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The request and the response of the RFC 6455 handshake (section 4.2). Computes only.
 *
 * <p>The drafts hybi-07 and hybi-08 call themselves versions 7 and 8, and differ in nothing that a server without
 * extensions sees.
 */
public final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final Set<String> VERSIONS = Set.of(VERSION, "8", "7");
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /**
     * Returns whether {@code head} asks for a WebSocket of a version that the server speaks. The host itself checks that
     * the request is valid HTTP/1.1 without a body.
     */
    public static boolean isRequested(RequestHead head) {
        return head.method().equals("GET")
                && hasToken(head, "Upgrade", "websocket")
                && hasToken(head, "Connection", "upgrade")
                && isGrantable(head.header("Sec-WebSocket-Version"), all(head, "Sec-WebSocket-Key"));
    }

    /**
     * Returns whether the server speaks this version, and the request has one valid key.
     *
     * @param version the value of {@code Sec-WebSocket-Version}, or null
     * @param keys the values of all headers {@code Sec-WebSocket-Key}
     */
    public static boolean isGrantable(@Nullable String version, List<String> keys) {
        return version != null && VERSIONS.contains(version) && keys.size() == 1 && isKey(keys.get(0));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean hasToken(RequestHead head, String name, String token) {
        for (String value : all(head, name)) {
            for (String each : value.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the agreed extension as the response names it, or null for none. Versions before 13 knew other
     * extensions.
     *
     * @param options the server's options for compression, or null if it is off
     */
    public static @Nullable String extension(RequestHead head, Compression.@Nullable Deflate options) {
        return options == null || !VERSION.equals(head.header("Sec-WebSocket-Version"))
                ? null
                : DeflateOffer.accept(joined(head, "Sec-WebSocket-Extensions"), options);
    }

    /**
     * Returns the headers of the response, without those of the application: names and values in turn, names in lower
     * case.
     *
     * @param extension the result of {@link #extension}
     */
    public static List<String> responseHeaders(RequestHead head, @Nullable String extension) {
        String key = head.header("Sec-WebSocket-Key");
        List<String> headers = new ArrayList<>(List.of(
                "upgrade",
                "websocket",
                "connection",
                "upgrade",
                "sec-websocket-accept",
                accept(key == null ? "" : key)));
        String protocol = protocol(head);
        if (protocol != null) {
            headers.addAll(List.of("sec-websocket-protocol", protocol));
        }
        if (extension != null) {
            headers.addAll(List.of("sec-websocket-extensions", extension));
        }
        return headers;
    }

    /** Returns the value of {@code Sec-WebSocket-Accept} for a key (section 4.2.2). */
    public static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }

    /**
     * Returns the first offered protocol, as the Node server (ws 8) does, or null: a browser that offers some fails
     * without one.
     */
    public static @Nullable String protocol(RequestHead head) {
        String offered = head.header("Sec-WebSocket-Protocol");
        if (offered == null) {
            return null;
        }
        String first = offered.split(",", 2)[0].trim();
        return first.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") ? first : null;
    }

    /** Returns the values of all headers of a name as one list (RFC 9110, section 5.3), or null if it has none. */
    private static @Nullable String joined(RequestHead head, String name) {
        StringJoiner values = new StringJoiner(",");
        all(head, name).forEach(values::add);
        return values.length() == 0 ? null : values.toString();
    }

    private static List<String> all(RequestHead head, String name) {
        List<String> values = new ArrayList<>(1);
        head.forEachHeader((each, value) -> {
            if (each.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }
}
