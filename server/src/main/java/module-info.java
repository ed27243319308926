import io.everwire.HostProvider;
import io.everwire.ServerProvider;
import io.everwire.core.CoreServerProvider;
import io.everwire.json.JsonCodec;

/** The Socket.IO server: its API, and the interfaces for adapters, JSON libraries and hosts. */
module io.everwire.server {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires transitive io.everwire.protocol;

    exports io.everwire;
    exports io.everwire.adapter;
    exports io.everwire.json;
    exports io.everwire.core to
            io.everwire.testkit;
    exports io.everwire.engine to
            io.everwire.netty,
            io.everwire.servlet,
            io.everwire.testkit;
    exports io.everwire.engine.frames to
            io.everwire.netty;

    uses HostProvider;
    uses JsonCodec;
    uses ServerProvider;

    provides ServerProvider with
            CoreServerProvider;
}
