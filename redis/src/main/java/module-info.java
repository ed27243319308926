/** Clusters over Redis, together with Node.js servers, on Lettuce. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Lettuce has a fixed automatic name.
module io.everwire.redis {
    requires static transitive org.jspecify;
    requires transitive io.everwire.cluster;
    requires transitive lettuce.core;
    requires io.netty.buffer;
    requires io.netty.handler;
    requires io.netty.transport;

    exports io.everwire.redis;
}
