package com.corundumstudio.socketio;

import java.io.InputStream;
import javax.net.ssl.KeyManagerFactory;

/** The settings of TLS. */
abstract class TlsConfiguration {
    private String keyStorePassword;
    private InputStream keyStore;
    private String keyStoreFormat = "JKS";
    private String trustStoreFormat = "JKS";
    private InputStream trustStore;
    private String trustStorePassword;
    private String keyManagerFactoryAlgorithm = KeyManagerFactory.getDefaultAlgorithm();
    private String sslProtocol = "TLSv1";
    private boolean needClientAuth = false;

    TlsConfiguration() {}

    /** Returns the password of the key store. */
    public String getKeyStorePassword() {
        return keyStorePassword;
    }

    /** Sets the password of the key store. */
    public void setKeyStorePassword(String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    /** Returns the key store of the server; with it, the port speaks TLS. */
    public InputStream getKeyStore() {
        return keyStore;
    }

    /** Sets the key store of the server; with it, the port speaks TLS. It is read once, at the start. */
    public void setKeyStore(InputStream keyStore) {
        this.keyStore = keyStore;
    }

    /** Returns the format of the key store. */
    public String getKeyStoreFormat() {
        return keyStoreFormat;
    }

    /** Sets the format of the key store. Default {@code JKS}. */
    public void setKeyStoreFormat(String keyStoreFormat) {
        this.keyStoreFormat = keyStoreFormat;
    }

    /** Returns the format of the trust store. */
    public String getTrustStoreFormat() {
        return trustStoreFormat;
    }

    /** Sets the format of the trust store. Default {@code JKS}. */
    public void setTrustStoreFormat(String trustStoreFormat) {
        this.trustStoreFormat = trustStoreFormat;
    }

    /** Returns the trust store for the certificates of clients. */
    public InputStream getTrustStore() {
        return trustStore;
    }

    /** Sets the trust store for the certificates of clients. It is read once, at the start. */
    public void setTrustStore(InputStream trustStore) {
        this.trustStore = trustStore;
    }

    /** Returns the password of the trust store. */
    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    /** Sets the password of the trust store. */
    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    /** Returns the algorithm of the key manager. */
    public String getKeyManagerFactoryAlgorithm() {
        return keyManagerFactoryAlgorithm;
    }

    /** Sets the algorithm of the key manager. Default: that of the JDK. */
    public void setKeyManagerFactoryAlgorithm(String keyManagerFactoryAlgorithm) {
        this.keyManagerFactoryAlgorithm = keyManagerFactoryAlgorithm;
    }

    /** Returns the protocol of the {@link javax.net.ssl.SSLContext}. */
    public String getSSLProtocol() {
        return sslProtocol;
    }

    /** Sets the protocol of the {@link javax.net.ssl.SSLContext}. Default {@code TLSv1}; the versions that the JDK allows are used, whichever is named. */
    public void setSSLProtocol(String sslProtocol) {
        this.sslProtocol = sslProtocol;
    }

    /** Returns whether clients must have a certificate. */
    public boolean isNeedClientAuth() {
        return needClientAuth;
    }

    /** Sets whether clients must have a certificate. Default false. */
    public void setNeedClientAuth(boolean needClientAuth) {
        this.needClientAuth = needClientAuth;
    }
}
