package io.everwire.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files for pages: a folder, or resources of the class path. A path that ends with a slash, or names a folder, has the
 * file {@code index.html}. Names that begin with a dot are not served, except {@code .well-known}; nor is a file that
 * lies outside of the folder because of a symbolic link. Immutable: methods return copies.
 */
public final class StaticFiles {
    private static final String INDEX = "index.html";
    private static final long LONGEST_SECONDS = 365 * 24 * 3600;

    private final FileSource source;
    private final @Nullable String fallback;
    private final List<String> headers;

    private StaticFiles(FileSource source, @Nullable String fallback, List<String> headers) {
        this.source = source;
        this.fallback = fallback;
        this.headers = headers;
    }

    /**
     * Returns the files of a folder. They are read for each request, so that changes are visible at once.
     *
     * @throws IllegalArgumentException if the folder does not exist
     */
    public static StaticFiles folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("files: there is no folder " + folder.toAbsolutePath());
        }
        try {
            return new StaticFiles(new FolderSource(folder.toRealPath()), null, cacheControl(0));
        } catch (IOException e) {
            throw new IllegalArgumentException("files: the folder " + folder.toAbsolutePath() + " cannot be read", e);
        }
    }

    /**
     * Returns resources of the class path, which stay in memory once they were read. Use it for resources of the
     * application that are a part of its jar.
     *
     * @param loader finds the resources, such as {@code Main.class.getClassLoader()}
     * @param folder the folder of the resources, such as {@code public}
     */
    public static StaticFiles resources(ClassLoader loader, String folder) {
        String trimmed = folder.replaceAll("^/+|/+$", "");
        return new StaticFiles(new ResourceSource(loader, trimmed), null, cacheControl(0));
    }

    /**
     * Returns a copy that answers with this file when a page is asked for and no file has its name: for applications
     * with one page, whose script reads the address. A page is a path without a dot in its last name.
     */
    public StaticFiles fallback(String file) {
        return new StaticFiles(source, file, headers);
    }

    /**
     * Returns a copy whose files browsers may use without asking again. 0 to 365 days; default 0: browsers ask each
     * time, and receive 304 if nothing changed.
     *
     * @throws IllegalArgumentException if the value is out of range
     */
    public StaticFiles maxAge(Duration value) {
        if (value.isNegative() || value.toSeconds() > LONGEST_SECONDS) {
            throw new IllegalArgumentException("maxAge: " + value + " is not from 0 to 365 days");
        }
        List<String> changed = new ArrayList<>(cacheControl(value.toSeconds()));
        changed.addAll(headers.subList(2, headers.size()));
        return new StaticFiles(source, fallback, List.copyOf(changed));
    }

    /**
     * Returns a copy that sends one more header with each file, such as {@code Content-Security-Policy}.
     *
     * @throws IllegalArgumentException if the name or the value cannot be sent in a header
     */
    public StaticFiles header(String name, String value) {
        ResponseMessages.check(name, value);
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new StaticFiles(source, fallback, List.copyOf(more));
    }

    private static List<String> cacheControl(long seconds) {
        return List.of("Cache-Control", "public, max-age=" + seconds);
    }

    /**
     * Returns a file, or null. May block.
     *
     * @param path the path behind the one that these files were added for, as sent
     * @param page whether the request accepts a page
     */
    @Nullable
    FileContent find(String path, boolean page) {
        String name = FilePath.decode(path);
        if (name == null) {
            return null;
        }
        FileContent found = source.find(name.isEmpty() || name.endsWith("/") ? name + INDEX : name);
        if (found == null && !name.isEmpty() && !name.endsWith("/") && source.find(name + "/" + INDEX) != null) {
            return FileContent.redirect(path.substring(path.lastIndexOf('/') + 1) + "/");
        }
        boolean isPage = page && name.indexOf('.', name.lastIndexOf('/') + 1) < 0;
        if (found == null && fallback != null && isPage) {
            found = source.find(fallback);
        }
        return found == null ? null : found.with(headers);
    }
}
