package com.corundumstudio.socketio.store;

/** Values that an application keeps with a connection. Any thread may use it. */
public interface Store {
    /** Sets a value; null removes it. */
    void set(String key, Object val);

    /** Returns a value, or null. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // The API of netty-socketio has it.
    <T> T get(String key);

    /** Returns whether a key has a value. */
    boolean has(String key);

    /** Removes a value. */
    void del(String key);
}
