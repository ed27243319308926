package io.everwire.spring.boot;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The TLS of a port from an SSL bundle. New connections use the bundle as it was reloaded last; open connections stay. */
final class ReloadingSslContext extends SslContext {
    private volatile SslContext current;

    private ReloadingSslContext(SslContext first) {
        this.current = first;
    }

    /** @throws SocketIoStartException if the application has no bundle of this name */
    static ReloadingSslContext of(SslBundles bundles, String name) {
        try {
            ReloadingSslContext context = new ReloadingSslContext(netty(bundles.getBundle(name)));
            bundles.addBundleUpdateHandler(name, bundle -> context.current = netty(bundle));
            return context;
        } catch (NoSuchSslBundleException e) {
            throw new SocketIoStartException(
                    "everwire.port.ssl.bundle: no SSL bundle has the name \"" + name + "\"",
                    "Set spring.ssl.bundle.pem." + name + " or spring.ssl.bundle.jks." + name + ".",
                    e);
        }
    }

    private static SslContext netty(SslBundle bundle) {
        String[] ciphers = bundle.getOptions().getCiphers();
        return new JdkSslContext(
                bundle.createSslContext(),
                false,
                ciphers == null ? null : Arrays.asList(ciphers),
                IdentityCipherSuiteFilter.INSTANCE,
                null,
                ClientAuth.NONE,
                bundle.getOptions().getEnabledProtocols(),
                false);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // Its replacement is not abstract.
    public @Nullable ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return current.newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.sessionContext();
    }
}
