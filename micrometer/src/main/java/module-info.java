/** Meters and observations of a server, with Micrometer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module descriptors.
module io.everwire.micrometer {
    requires static transitive org.jspecify;
    requires transitive io.everwire.server;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires transitive micrometer.commons;

    exports io.everwire.micrometer;
}
