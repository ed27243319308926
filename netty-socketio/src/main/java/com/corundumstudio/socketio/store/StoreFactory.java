package com.corundumstudio.socketio.store;

/**
 * The place where connections keep their values, and the way to other servers. The façade has {@link MemoryStoreFactory} only: several
 * servers need an adapter of Everwire.
 */
public interface StoreFactory {}
