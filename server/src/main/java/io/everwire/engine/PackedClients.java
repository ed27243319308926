package io.everwire.engine;

import io.everwire.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The browser clients in the artifact {@code everwire-client-files}: an index of their names and types, and an index of
 * the other names that files had, with a version, or without one for files that scripts request right under the path.
 * Empty if the artifact is missing. Any thread.
 */
final class PackedClients {
    /** The clients that the class loader of the server finds, on the class path or in an open module. */
    static final PackedClients INSTALLED = new PackedClients(PackedClients.class.getClassLoader());

    /** Tells how to add the missing artifact. */
    static final String HOW_TO_ADD = "add the dependency io.everwire:everwire-client-files, in the version of"
            + " everwire-server (a module also needs \"requires io.everwire.clientfiles\"), or set noClientFiles()";

    private static final String FOLDER = "io/everwire/clientfiles/";

    private final ClassLoader loader;
    private final boolean missing;
    private final Properties types = new Properties();
    private final Properties aliases = new Properties();

    /**
     * Reads both indexes.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    PackedClients(ClassLoader loader) {
        this.loader = loader;
        this.missing = loader.getResource(FOLDER + "index.properties") == null;
        if (!missing) {
            read("index.properties", types);
            read("aliases.properties", aliases);
        }
    }

    /** Returns whether the artifact is missing. */
    boolean missing() {
        return missing;
    }

    /** Returns the content type of a file, {@code <version>/<name>}, or null if it is not packed. */
    @Nullable
    String type(String file) {
        return types.getProperty(file);
    }

    /** Returns the file that has this other name, or null. */
    @Nullable
    String alias(String name) {
        return aliases.getProperty(name);
    }

    /**
     * Checks that each version is packed, unless no version is.
     *
     * @throws IllegalArgumentException if one is not packed
     */
    void check(List<String> versions) {
        Set<String> packed = new TreeSet<>();
        types.keySet().forEach(file -> packed.add(version(file.toString())));
        for (String version : versions) {
            if (!missing && !packed.contains(version)) {
                throw new IllegalArgumentException("clientFiles: version " + version + " is not one of " + packed);
            }
        }
    }

    /** Returns the version of a file. */
    static String version(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    /**
     * Returns the contents of a file.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    Bytes load(String file) {
        try (InputStream in = open(file)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String file, Properties index) {
        try (InputStream in = open(file)) {
            index.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream open(String file) throws IOException {
        InputStream in = loader.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IOException("client file " + file + " is not packed");
        }
        return in;
    }
}
