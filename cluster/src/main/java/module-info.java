/** The messages of the Node adapters, and an adapter that exchanges them over a line. Without I/O. */
module io.everwire.cluster {
    requires static transitive org.jspecify;
    requires transitive io.everwire.server;

    exports io.everwire.cluster;

    uses io.everwire.json.JsonCodec;
}
