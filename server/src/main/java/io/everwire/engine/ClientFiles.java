package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves official browser clients from the jar: the first version right under the server's path, where pages expect
 * {@code socket.io.js}, and each served version under its own path, {@code 4.8.4/socket.io.js}. The build packs them
 * unmodified, together with their licences, an index of their names and types, and an index of the other names that
 * files had: with a version, or without one for files that scripts request right under the path.
 */
public final class ClientFiles {
    private static final String FOLDER = "/io/everwire/clientfiles/";

    /** As the Node server does: clients may cache the files but validate them each time. */
    private static final String CACHE_CONTROL = "public, max-age=0";

    /** Flash files are compressed already. */
    private static final String FLASH = "application/x-shockwave-flash";

    /** The best compression: each file is compressed once. */
    private static final int BEST_LEVEL = 9;

    private static final Properties TYPES = index("index.properties");
    private static final Properties ALIASES = index("aliases.properties");

    private final List<String> versions;
    private final Map<String, Bytes> loaded = new ConcurrentHashMap<>();
    private final Map<String, Bytes> coded = new ConcurrentHashMap<>();

    /**
     * @param versions the versions to serve, the one right under the path first
     * @throws IllegalArgumentException if a version is not packed
     */
    ClientFiles(List<String> versions) {
        this.versions = checked(versions);
    }

    /**
     * Returns the versions.
     *
     * @throws IllegalArgumentException if one is not packed
     */
    public static List<String> checked(List<String> versions) {
        for (String version : versions) {
            if (TYPES.keySet().stream().noneMatch(name -> name.toString().startsWith(version + "/"))) {
                throw new IllegalArgumentException("clientFiles: version " + version + " is not one of " + packed());
            }
        }
        return List.copyOf(versions);
    }

    private static Set<String> packed() {
        Set<String> versions = new TreeSet<>();
        TYPES.keySet().forEach(name -> versions.add(version(name.toString())));
        return versions;
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
        String file = file(name);
        return file == null ? null : answer(head, file, TYPES.getProperty(file));
    }

    /**
     * Returns the file of this name: with its version, of the first version, or under another of its names. Scripts of
     * any version request such a name right under the path, so that it belongs to the first version that has it.
     */
    private @Nullable String file(String name) {
        String first = versions.get(0) + "/" + name;
        String file = TYPES.containsKey(first) ? first : TYPES.containsKey(name) ? name : ALIASES.getProperty(name);
        for (int i = 0; i < versions.size() && (file == null || !versions.contains(version(file))); i++) {
            file = ALIASES.getProperty(versions.get(i) + "/" + name);
        }
        return file == null || !versions.contains(version(file)) ? null : file;
    }

    private static String version(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private Response answer(RequestHead head, String file, String type) {
        String tag = "\"" + version(file) + "\"";
        boolean shrinks = !type.equals(FLASH);
        List<String> headers = new ArrayList<>(List.of("Cache-Control", CACHE_CONTROL, "ETag", tag));
        if (shrinks) {
            headers.addAll(List.of("Vary", "Accept-Encoding"));
        }
        if (matches(head.header("If-None-Match"), tag)) {
            return new Response(304, headers, Bytes.EMPTY);
        }
        headers.addAll(0, List.of("Content-Type", type, "X-Content-Type-Options", "nosniff"));
        Bytes plain = loaded.computeIfAbsent(file, ClientFiles::load);
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

    private static Properties index(String file) {
        Properties index = new Properties();
        try (InputStream in = open(file)) {
            index.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return index;
    }

    private static Bytes load(String file) {
        try (InputStream in = open(file)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = ClientFiles.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IOException("client file " + file + " is not packed");
        }
        return in;
    }
}
