import io.everwire.jackson.JacksonCodec;
import io.everwire.json.JsonCodec;

/** The JSON codec with Jackson 3. */
module io.everwire.jackson {
    requires static transitive org.jspecify;
    requires transitive io.everwire.server;
    requires transitive tools.jackson.databind;

    exports io.everwire.jackson;

    provides JsonCodec with
            JacksonCodec;
}
