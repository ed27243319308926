package io.everwire;

/** A listener that was added; {@link #close()} removes it. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Removes the listener. It may still be called for what is being handled at this moment. Further calls do nothing. */
    @Override
    void close();
}
