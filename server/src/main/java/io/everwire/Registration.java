package io.everwire;

/** A listener, handler or middleware that was added. */
@FunctionalInterface
public interface Registration {
    /** Removes it. It may still be called for what is being handled at this moment. Further calls do nothing. Any thread. */
    void remove();
}
