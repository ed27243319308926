package io.everwire.adapter;

/** A socket of this server, as adapters see it. */
public interface LocalSocket {
    /** Its public id. */
    String id();
}
