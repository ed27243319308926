package io.everwire.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The resources of a folder of the class path. Resources do not change, so that each is read once. */
final class ResourceSource implements FileSource {
    private final ClassLoader loader;
    private final String folder;

    /** The resources that were read. Names without a resource are not kept: clients choose them. */
    private final Map<String, FileContent> read = new ConcurrentHashMap<>();

    ResourceSource(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    @Override
    public @Nullable FileContent find(String name) {
        FileContent known = read.get(name);
        if (known != null) {
            return known;
        }
        String whole = folder.isEmpty() ? name : folder + "/" + name;
        URL resource = loader.getResource(whole);
        if (resource == null || isFolder(whole, resource) || name.endsWith(".class")) {
            return null;
        }
        FileContent content = load(name, resource);
        read.put(name, content);
        return content;
    }

    /** Returns whether a resource is a folder. In a jar, a folder has another resource, with a slash. */
    private boolean isFolder(String whole, URL resource) {
        return resource.getProtocol().equals("file")
                ? Files.isDirectory(Path.of(URI.create(resource.toString())))
                : loader.getResource(whole + "/") != null;
    }

    private static FileContent load(String name, URL resource) {
        try (InputStream in = resource.openStream()) {
            byte[] bytes = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String tag = "\""
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 22) + "\"";
            return new FileContent(null, bytes, bytes.length, ContentTypes.of(name), tag, -1, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
