package io.everwire.netty;

/** What a port tells its connections, through their pipelines. */
enum ShutdownEvent {
    /** The port is closed: what is answered from now on is the last. */
    LAST_ANSWER,
    /** As before; and who has nothing to answer goes now. */
    STOPPING
}
