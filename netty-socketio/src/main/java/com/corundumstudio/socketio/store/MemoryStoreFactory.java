package com.corundumstudio.socketio.store;

/** Keeps values in memory. It is the default. */
public class MemoryStoreFactory implements StoreFactory {
    /** Creates a factory. */
    public MemoryStoreFactory() {}
}
