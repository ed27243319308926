package io.everwire.netty;

import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a TLS peer. Read from the TLS session when they are needed, because most requests need none; from then on the
 * session is not referred to. Any thread may use it.
 */
final class PeerCertificates {
    static final PeerCertificates NONE = new PeerCertificates(null);

    /** The memory of a certificate of the JDK as a multiple of its encoded form: it keeps both the bytes and the parsed fields. */
    private static final int PARSED = 4;

    /** Null when the certificates are read. */
    private @Nullable SSLSession session;

    private List<X509Certificate> certificates = List.of();

    private PeerCertificates(@Nullable SSLSession session) {
        this.session = session;
    }

    /** Returns the certificates of a peer: none if it was not asked for any, which costs nothing. */
    static PeerCertificates of(SSLEngine engine) {
        return engine.getNeedClientAuth() || engine.getWantClientAuth()
                ? new PeerCertificates(engine.getSession())
                : NONE;
    }

    synchronized List<X509Certificate> read() {
        if (session != null) {
            certificates = read(session);
            session = null;
        }
        return certificates;
    }

    private static List<X509Certificate> read(SSLSession session) {
        List<X509Certificate> read = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    read.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException withoutCertificate) {
            return List.of();
        }
        return List.copyOf(read);
    }

    /** Returns their memory, in bytes; several requests of one connection may share it. */
    int bytes() {
        int bytes = 0;
        for (X509Certificate certificate : read()) {
            try {
                bytes += PARSED * certificate.getEncoded().length;
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException("a certificate that was received cannot be encoded", impossible);
            }
        }
        return bytes;
    }
}
