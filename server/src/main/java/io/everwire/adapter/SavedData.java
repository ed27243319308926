package io.everwire.adapter;

import io.everwire.protocol.Bytes;

/** The attributes of a disconnected socket. An adapter that stores sessions in memory stores this object. */
@FunctionalInterface
public interface SavedData {
    /**
     * Returns the attributes that other servers may receive: a JSON object, written now. An adapter that received the
     * object from another server returns it.
     */
    Bytes json();
}
