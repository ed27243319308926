package io.everwire.core;

import io.everwire.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The parts of hosts that own no port. Any thread. */
final class AttachedParts {
    /** Guarded by this object. */
    private final List<Part> parts = new ArrayList<>();

    private @Nullable CompletableFuture<Void> closed;

    /** A part; compared by identity, because one object may be attached twice. */
    private static final class Part {
        final AutoCloseable closeable;

        Part(AutoCloseable closeable) {
            this.closeable = closeable;
        }
    }

    /** @throws IllegalStateException once {@link #close} was called */
    synchronized Registration add(AutoCloseable closeable) {
        if (closed != null) {
            throw new IllegalStateException("the server is closed and takes no part of a host");
        }
        Part part = new Part(closeable);
        parts.add(part);
        return () -> remove(part);
    }

    private synchronized void remove(Part part) {
        parts.remove(part);
    }

    /**
     * Closes all parts, in the order added, on a thread of its own. Further calls return the same result.
     *
     * @return done when all parts are closed; fails with the first exception, after all parts were closed
     */
    synchronized CompletableFuture<Void> close() {
        if (closed == null) {
            List<Part> all = List.copyOf(parts);
            parts.clear();
            closed = all.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(
                            () -> closeAll(all), task -> new Thread(task, "everwire-host-close").start());
        }
        return closed;
    }

    private static void closeAll(List<Part> parts) {
        IllegalStateException failure = null;
        for (Part part : parts) {
            try {
                part.closeable.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a part of a host could not be closed: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
