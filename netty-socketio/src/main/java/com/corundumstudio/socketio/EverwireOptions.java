package com.corundumstudio.socketio;

import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.corundumstudio.socketio.protocol.JsonSupport;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import io.everwire.DeflateOptions;
import io.everwire.RequestFilter;
import io.everwire.ServerOptions;
import io.everwire.json.JsonCodec;
import io.everwire.netty.NettyHost;
import io.everwire.netty.NettyOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a {@link Configuration} into Everwire's options. */
final class EverwireOptions {
    private static final Logger log = LoggerFactory.getLogger(SocketIOServer.class);

    /** The time for acks of callbacks without a timeout: the longest that Everwire allows. They end with the client anyway. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private EverwireOptions() {}

    /** @param authorization accepts or rejects requests */
    static ServerOptions server(Configuration configuration, RequestFilter authorization) {
        check(configuration);
        ServerOptions.Builder options = ServerOptions.builder()
                .path(configuration.getContext())
                .pingInterval(Duration.ofMillis(configuration.getPingInterval()))
                .pingTimeout(Duration.ofMillis(configuration.getPingTimeout()))
                .upgradeTimeout(Duration.ofMillis(configuration.getUpgradeTimeout()))
                .ackTimeout(NO_TIMEOUT)
                .maxHttpBufferSize(
                        Math.max(configuration.getMaxHttpContentLength(), configuration.getMaxFramePayloadLength()))
                .jsonCodec(codec(configuration.getJsonSupport()))
                .allowRequest(authorization)
                .socketIds(handshake -> Connection.of(handshake).id().toString());
        transports(options, configuration.getTransports());
        origins(options, configuration);
        if (!configuration.isHttpCompression()) {
            options.httpCompression(Integer.MAX_VALUE);
        }
        if (configuration.isWebsocketCompression()) {
            options.perMessageDeflate(DeflateOptions.DEFAULTS);
        }
        configuration.options().accept(options);
        return options.build();
    }

    static NettyHost host(Configuration configuration) {
        NettyOptions.Builder options = NettyOptions.DEFAULTS.toBuilder()
                .backlog(configuration.getSocketConfig().getAcceptBackLog())
                .headTimeout(Duration.ofMillis(configuration.getFirstDataTimeout()));
        if (configuration.getWorkerThreads() > 0) {
            options.workerThreads(configuration.getWorkerThreads());
        }
        if (configuration.hasLimitsOfRequests()) {
            HttpRequestDecoderConfiguration limits = configuration.getHttpRequestDecoderConfiguration();
            options.maxRequestLine(limits.getMaxInitialLineLength()).maxHeaderBytes(limits.getMaxHeaderSize());
        }
        NettyHost.Builder host = NettyHost.builder().options(options.build());
        if (configuration.getKeyStore() != null) {
            host.tls(KeyStores.context(configuration));
        }
        List<String> ignored = configuration.getSocketConfig().withoutEffect();
        if (!ignored.isEmpty()) {
            log.warn("settings of SocketConfig without an effect: {}", String.join(", ", ignored));
        }
        configuration.host().accept(host);
        return host.build();
    }

    private static void check(Configuration configuration) {
        if (!configuration.isHeartbeatsEnabled()) {
            throw new IllegalArgumentException("pingInterval: " + configuration.getPingInterval()
                    + " would disable heartbeats, which Everwire needs to detect dead connections; set 1 ms or more");
        }
        if (configuration.getStoreFactory().getClass() != MemoryStoreFactory.class) {
            throw new UnsupportedOperationException("storeFactory: Everwire connects several servers with an adapter,"
                    + " not with a store; add one with Configuration.options(options -> options.adapter(...))");
        }
    }

    private static JsonCodec codec(JsonSupport support) {
        if (support == null) {
            return new JacksonJsonSupport();
        }
        if (support instanceof JsonCodec codec) {
            return codec;
        }
        throw new UnsupportedOperationException("jsonSupport: "
                + support.getClass().getName() + " must extend JacksonJsonSupport or implement Everwire's JsonCodec");
    }

    /** Names transports only if one is missing: names would disable those of clients before 1.0. */
    private static void transports(ServerOptions.Builder options, List<Transport> transports) {
        if (!Set.copyOf(transports).equals(Set.of(Transport.values()))) {
            options.transports(transports.stream().map(Transport::getValue).toArray(String[]::new));
        }
    }

    private static void origins(ServerOptions.Builder options, Configuration configuration) {
        if (!configuration.isEnableCors()) {
            return;
        }
        if (configuration.getOrigin() == null) {
            log.warn("pages of all origins may use the server, as with netty-socketio; list yours with"
                    + " Configuration.setOrigin, or with Configuration.options(options -> options.origins(...))");
            options.origins("*");
        } else {
            options.origins(configuration.getOrigin());
        }
    }
}
