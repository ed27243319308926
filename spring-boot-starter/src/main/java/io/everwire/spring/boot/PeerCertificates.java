package io.everwire.spring.boot;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.SslInfo;

/** The certificates of a client. */
record PeerCertificates(List<X509Certificate> certificates) implements SslInfo {
    @Override
    public @Nullable String getSessionId() {
        return null;
    }

    @Override
    public X509Certificate[] getPeerCertificates() {
        return certificates.toArray(X509Certificate[]::new);
    }
}
