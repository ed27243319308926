package com.corundumstudio.socketio.store;

/** Not available: its constructors throw. */
public class HazelcastStoreFactory implements StoreFactory {
    /**
     * Throws.
     *
     * @throws UnsupportedOperationException always; it names the replacement
     */
    public HazelcastStoreFactory(Object... clients) {
        throw new UnsupportedOperationException(
                "HazelcastStoreFactory: Everwire connects several servers with an adapter, not with a store;"
                        + " add one with Configuration.options(options -> options.adapter(...))");
    }
}
