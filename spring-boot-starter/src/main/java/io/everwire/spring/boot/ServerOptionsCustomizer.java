package io.everwire.spring.boot;

import io.everwire.ServerOptions;

/** Changes the options of the server after the properties and before the server is created. Beans of this type are called in their order. */
@FunctionalInterface
public interface ServerOptionsCustomizer {
    /** Changes the options. */
    void customize(ServerOptions.Builder options);
}
