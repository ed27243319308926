package io.everwire.spring.boot.test;

import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.json.JsonCodec;
import io.everwire.spring.boot.EverwireAutoConfiguration;
import io.everwire.testkit.TestServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Replaces the server by one in memory. */
@AutoConfiguration(before = EverwireAutoConfiguration.class)
public final class SocketIoTestAutoConfiguration {
    /** Created by Spring. */
    SocketIoTestAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    TestServer socketIoTestServer(ServerOptions options, ObjectProvider<JsonCodec> codec) {
        JsonCodec known = codec.getIfAvailable();
        return known == null ? TestServer.create(options) : TestServer.create(options, known);
    }

    @Bean
    SocketIoServer socketIoServer(TestServer test) {
        return test.server();
    }
}
