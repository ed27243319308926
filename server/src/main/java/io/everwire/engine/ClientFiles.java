package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves official browser clients from the artifact {@code everwire-client-files}: the first version right under the
 * server's path, where pages expect {@code socket.io.js}, and each served version under its own path, {@code
 * 4.8.4/socket.io.js}. Without the artifact, nothing is served.
 */
public final class ClientFiles {
    /** The option's default, which applications have without choosing it. */
    private static final List<String> DEFAULT = List.of("4.8.4");

    /** As the Node server does: clients may cache the files but validate them each time. */
    private static final String CACHE_CONTROL = "public, max-age=0";

    /** Flash files are compressed already. */
    private static final String FLASH = "application/x-shockwave-flash";

    /** The best compression: each file is compressed once. */
    private static final int BEST_LEVEL = 9;

    private static final RateLimitedLog MISSING = new RateLimitedLog(ClientFiles.class);

    private final PackedClients packed;
    private final RateLimitedLog missing;
    private final List<String> versions;
    private final Map<String, Bytes> loaded = new ConcurrentHashMap<>();
    private final Map<String, Bytes> coded = new ConcurrentHashMap<>();

    /**
     * @param versions the versions to serve, the one right under the path first
     * @throws IllegalArgumentException if a version is not packed
     * @throws IllegalStateException if the artifact is missing, and the versions are not the default
     */
    ClientFiles(List<String> versions) {
        this(versions, PackedClients.INSTALLED, MISSING);
    }

    ClientFiles(List<String> versions, PackedClients packed, RateLimitedLog missing) {
        packed.check(versions);
        if (packed.missing() && !versions.isEmpty() && !versions.equals(DEFAULT)) {
            throw new IllegalStateException(
                    "clientFiles: the files of " + versions + " are missing: " + PackedClients.HOW_TO_ADD);
        }
        this.packed = packed;
        this.missing = missing;
        this.versions = List.copyOf(versions);
    }

    /**
     * Returns the versions. Without the artifact, it cannot tell which versions exist and takes all.
     *
     * @throws IllegalArgumentException if one is not packed
     */
    public static List<String> checked(List<String> versions) {
        PackedClients.INSTALLED.check(versions);
        return List.copyOf(versions);
    }

    /**
     * Returns the response to a request for a client file.
     *
     * @param rest the part of the target after the server's path
     * @return null if the request is for something else
     */
    @Nullable
    Response find(RequestHead head, String rest) {
        boolean read = head.method().equals("GET") || head.method().equals("HEAD");
        if (versions.isEmpty() || !read || head.upgrade()) {
            return null;
        }
        int query = rest.indexOf('?');
        String name = rest.substring(1, query < 0 ? rest.length() : query);
        if (name.indexOf('.') < 0) {
            // A request of a transport: each file has an extension (benchmark polling).
            return null;
        }
        if (packed.missing()) {
            if (name.equals("socket.io.js")) {
                missing.warn(
                        "a page requests socket.io.js, but the client files are missing: " + PackedClients.HOW_TO_ADD);
            }
            return null;
        }
        String file = file(name);
        if (file == null) {
            return null;
        }
        String type = packed.type(file);
        return type == null ? null : answer(head, file, type);
    }

    /**
     * Returns the file of this name: with its version, of the first version, or under another of its names. Scripts of
     * any version request such a name right under the path, so that it belongs to the first version that has it.
     */
    private @Nullable String file(String name) {
        String first = versions.get(0) + "/" + name;
        String file = packed.type(first) != null ? first : packed.type(name) != null ? name : packed.alias(name);
        for (int i = 0; i < versions.size() && (file == null || !versions.contains(PackedClients.version(file))); i++) {
            file = packed.alias(versions.get(i) + "/" + name);
        }
        return file == null || !versions.contains(PackedClients.version(file)) ? null : file;
    }

    private Response answer(RequestHead head, String file, String type) {
        String tag = "\"" + PackedClients.version(file) + "\"";
        boolean shrinks = !type.equals(FLASH);
        List<String> headers = new ArrayList<>(List.of("Cache-Control", CACHE_CONTROL, "ETag", tag));
        if (shrinks) {
            headers.addAll(List.of("Vary", "Accept-Encoding"));
        }
        if (matches(head.header("If-None-Match"), tag)) {
            return new Response(304, headers, Bytes.EMPTY);
        }
        headers.addAll(0, List.of("Content-Type", type, "X-Content-Type-Options", "nosniff"));
        Bytes plain = loaded.computeIfAbsent(file, packed::load);
        ContentCoding coding = shrinks ? ContentCoding.accepted(head.header("Accept-Encoding")) : null;
        if (coding == null) {
            return new Response(200, headers, plain);
        }
        headers.addAll(List.of("Content-Encoding", coding.token()));
        return new Response(
                200, headers, coded.computeIfAbsent(coding + " " + file, of -> coding.encode(plain, BEST_LEVEL)));
    }

    /**
     * Returns whether a list of tags, strong or weak, has this one; also without quotes, as socket.io 0.6 wrote its
     * tag.
     */
    private static boolean matches(@Nullable String asked, String tag) {
        if (asked == null) {
            return false;
        }
        for (String one : asked.split(",", -1)) {
            String stripped = one.strip();
            if (stripped.equals(tag)
                    || stripped.equals("W/" + tag)
                    || stripped.equals("*")
                    || ("\"" + stripped + "\"").equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
