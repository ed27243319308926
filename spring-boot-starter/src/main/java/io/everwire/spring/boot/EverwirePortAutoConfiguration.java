package io.everwire.spring.boot;

import io.everwire.HostProvider;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Serves Socket.IO on a port of its own, with Netty. */
@AutoConfiguration(after = EverwireAutoConfiguration.class)
@ConditionalOnHost(HostKind.PORT)
@ConditionalOnClass(NettyHost.class)
@EnableConfigurationProperties(NettyProperties.class)
public final class EverwirePortAutoConfiguration {
    private static final int DEFAULT_PORT = 8080;

    /** Created by Spring. */
    EverwirePortAutoConfiguration() {}

    @Bean
    ActiveHost socketIoActiveHost() {
        return new ActiveHost("port");
    }

    @Bean
    @ConditionalOnMissingBean
    NettyOptions socketIoNettyOptions(NettyProperties properties) {
        return NettyOptionsFactory.options(properties);
    }

    /** The host of the port, with TLS if a bundle is named. */
    @Bean
    @ConditionalOnMissingBean
    HostProvider socketIoHostProvider(
            EverwireProperties properties, NettyOptions options, ObjectProvider<SslBundles> bundles) {
        NettyHost.Builder host = NettyHost.builder().options(options);
        String bundle = properties.port().ssl().bundle();
        if (bundle != null) {
            host.tls(ReloadingSslContext.of(bundles.getObject(), bundle));
        }
        return host.build();
    }

    @Bean
    PortOpener socketIoPortOpener(EverwireProperties properties, HostProvider host, Environment environment) {
        InetSocketAddress address = address(properties.port(), environment);
        return server -> open(server, address, host);
    }

    private static InetSocketAddress address(EverwireProperties.Port port, Environment environment) {
        Integer number = port.number();
        boolean beside = environment instanceof org.springframework.web.context.ConfigurableWebEnvironment
                || environment
                        instanceof org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment;
        if (number == null && beside) {
            throw new SocketIoStartException(
                    "The host \"port\" needs a port number beside the web server of the application",
                    "Set everwire.port.number.");
        }
        int known = number == null ? DEFAULT_PORT : number;
        return port.address() == null ? new InetSocketAddress(known) : new InetSocketAddress(port.address(), known);
    }

    private static void open(SocketIoServer server, InetSocketAddress address, HostProvider host) {
        try {
            server.bind(address, host);
        } catch (UncheckedIOException e) {
            throw new SocketIoStartException(
                    String.valueOf(e.getMessage()),
                    "Stop the program that uses the port, or set everwire.port.number to another one.",
                    e);
        }
    }
}
