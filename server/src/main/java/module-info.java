import io.everwire.HostProvider;
import io.everwire.json.JsonCodec;

/** The Socket.IO server: what applications, hosts and adapters meet. */
module io.everwire.server {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires transitive io.everwire.protocol;

    exports io.everwire;
    exports io.everwire.adapter;
    exports io.everwire.json;
    exports io.everwire.engine to
            io.everwire.netty,
            io.everwire.testkit;

    uses HostProvider;
    uses JsonCodec;
}
