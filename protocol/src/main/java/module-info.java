/** Packets, generations and sessions of Socket.IO as state machines without I/O. Depends on the JDK alone. */
module io.everwire.protocol {
    requires static transitive org.jspecify;

    exports io.everwire.protocol;
    exports io.everwire.protocol.text;
    exports io.everwire.protocol.msgpack to
            io.everwire.cluster;
    exports io.everwire.protocol.generations to
            io.everwire.server,
            io.everwire.testkit;
}
