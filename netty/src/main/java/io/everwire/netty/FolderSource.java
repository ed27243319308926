package io.everwire.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder.
 *
 * @param root the real path of the folder
 */
record FolderSource(Path root) implements FileSource {
    /** {@inheritDoc} A symbolic link counts as its target, which must lie inside the folder. */
    @Override
    public @Nullable FileContent find(String name) {
        try {
            Path real = root.resolve(name).toRealPath();
            // Not through a link that replaced the file meanwhile.
            BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!real.startsWith(root) || !file.isRegularFile()) {
                return null;
            }
            long changed = file.lastModifiedTime().toMillis();
            // Weak, as the Node server's: two changes within one tick of the file system's clock are one.
            String tag = "W/\"" + Long.toHexString(file.size()) + "-" + Long.toHexString(changed) + "\"";
            return new FileContent(real, null, file.size(), ContentTypes.of(real.toString()), tag, changed, List.of());
        } catch (IOException | InvalidPathException notThere) {
            return null;
        }
    }
}
