package io.everwire.examples.guide;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.jackson.JacksonCodec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Parsers of packets, and the mapping of JSON values. */
public final class ParserSamples {
    private ParserSamples() {}

    public static ServerOptions one() {
        // docs: parsers-one
        ServerOptions options = ServerOptions.builder().parsers("msgpack").build();
        // docs: end
        return options;
    }

    public static void measurements(SocketIoServer server) {
        // docs: parsers-server
        server.on("samples", double[].class, (socket, values) -> server.emit("samples", values));
        server.on("frame", byte[].class, (socket, pixels) -> server.emit("frame", pixels));
        // docs: end
    }

    public static ServerOptions mapper() {
        // docs: parsers-mapper
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        ServerOptions options =
                ServerOptions.builder().jsonCodec(new JacksonCodec(mapper)).build();
        // docs: end
        return options;
    }

    public static void snakes(SocketIoServer server) {
        // docs: parsers-mapper-event
        record Order(int tableNumber, String dishName) {}

        server.on("order", Order.class, (socket, order) -> server.emit("ordered", order)); // {table_number, dish_name}
        // docs: end
    }
}
