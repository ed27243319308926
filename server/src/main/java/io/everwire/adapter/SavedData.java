package io.everwire.adapter;

import io.everwire.protocol.Bytes;

/** What the application keeps with a socket that is away. An adapter that keeps it in memory keeps this object. */
@FunctionalInterface
public interface SavedData {
    /** What of it may leave this server: a JSON object, written now. An adapter that got one from elsewhere returns that. */
    Bytes json();
}
