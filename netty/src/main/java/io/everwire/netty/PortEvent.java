package io.everwire.netty;

/** What a port tells its connections, through their pipelines. */
enum PortEvent {
    /** The port is closed; what is answered now is the last. */
    STOPPING
}
