package com.corundumstudio.socketio.store;

/** Not available: its constructors throw. */
public class RedissonStoreFactory implements StoreFactory {
    /**
     * Throws.
     *
     * @throws UnsupportedOperationException always; it names the replacement
     */
    public RedissonStoreFactory(Object... clients) {
        throw new UnsupportedOperationException(
                "RedissonStoreFactory: Everwire connects several servers with an adapter, not with a store;"
                        + " add one with Configuration.options(options -> options.adapter(...))");
    }
}
