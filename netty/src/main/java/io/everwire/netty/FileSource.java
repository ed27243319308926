package io.everwire.netty;

import org.jspecify.annotations.Nullable;

/** A place of files. */
interface FileSource {
    /**
     * Returns a file, or null if there is none. May block.
     *
     * @param name a relative path that {@link FilePath} accepted, or one of the application
     */
    @Nullable
    FileContent find(String name);
}
