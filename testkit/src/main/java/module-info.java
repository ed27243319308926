/** For tests: a server in memory, its clients, virtual time, and the contracts of adapters and hosts. */
module io.everwire.testkit {
    requires static transitive org.jspecify;
    requires transitive io.everwire.server;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports io.everwire.testkit;
    exports io.everwire.testkit.adapter;
    exports io.everwire.testkit.host;

    uses io.everwire.json.JsonCodec;
}
