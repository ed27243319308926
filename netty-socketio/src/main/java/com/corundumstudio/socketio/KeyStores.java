package com.corundumstudio.socketio;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Turns the key stores of a {@link Configuration} into a context for TLS. */
final class KeyStores {
    private KeyStores() {}

    /** @throws IllegalStateException if a store cannot be read */
    static SslContext context(Configuration configuration) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(configuration.getKeyManagerFactoryAlgorithm());
            keys.init(
                    store(
                            configuration.getKeyStore(),
                            configuration.getKeyStoreFormat(),
                            configuration.getKeyStorePassword()),
                    password(configuration.getKeyStorePassword()));
            SSLContext context = SSLContext.getInstance(configuration.getSSLProtocol());
            context.init(keys.getKeyManagers(), trusted(configuration), null);
            return new JdkSslContext(
                    context,
                    false,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    ApplicationProtocolConfig.DISABLED,
                    configuration.isNeedClientAuth() ? ClientAuth.REQUIRE : ClientAuth.NONE,
                    null,
                    false);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("keyStore, trustStore: cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    /** Returns null for the certificates that the JDK trusts. */
    private static TrustManager[] trusted(Configuration configuration) throws GeneralSecurityException, IOException {
        if (configuration.getTrustStore() == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(
                configuration.getTrustStore(),
                configuration.getTrustStoreFormat(),
                configuration.getTrustStorePassword()));
        return factory.getTrustManagers();
    }

    private static KeyStore store(InputStream in, String format, String password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(format);
        store.load(in, password(password));
        return store;
    }

    private static char[] password(String password) {
        return password == null ? null : password.toCharArray();
    }
}
