package com.corundumstudio.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** The request that opened a connection. */
@SuppressWarnings("JavaUtilDate") // The API of netty-socketio has it.
public class HandshakeData implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient HttpHeaders headers;
    private final InetSocketAddress address;
    private final InetSocketAddress local;
    private final Date time = new Date();
    private final String url;

    @SuppressWarnings("serial") // Maps and lists of the JDK in practice, as in netty-socketio.
    private final Map<String, List<String>> urlParams;

    private final boolean xdomain;

    private transient volatile Object authToken;

    /** Creates a request without content, for tests. */
    public HandshakeData() {
        this(null, Map.of(), null, null, false);
    }

    /** Creates a request, for tests. */
    public HandshakeData(
            HttpHeaders headers,
            Map<String, List<String>> urlParams,
            InetSocketAddress address,
            String url,
            boolean xdomain) {
        this(headers, urlParams, address, null, url, xdomain);
    }

    /** Creates a request, for tests. */
    public HandshakeData(
            HttpHeaders headers,
            Map<String, List<String>> urlParams,
            InetSocketAddress address,
            InetSocketAddress local,
            String url,
            boolean xdomain) {
        this.headers = headers;
        this.urlParams = urlParams;
        this.address = address;
        this.local = local;
        this.url = url;
        this.xdomain = xdomain;
    }

    /** Returns the address of the client. */
    public InetSocketAddress getAddress() {
        return address;
    }

    /** Returns the address of the server's port. */
    public InetSocketAddress getLocal() {
        return local;
    }

    /** Returns the headers; several values of one name are one value, joined by a comma. */
    public HttpHeaders getHttpHeaders() {
        return headers;
    }

    /** Returns the time of the request. */
    public Date getTime() {
        return (Date) time.clone();
    }

    /** Returns the request target, as sent. */
    public String getUrl() {
        return url;
    }

    /** Returns whether the request has an {@code Origin} header. */
    public boolean isXdomain() {
        return xdomain;
    }

    /** Returns the parameters of the query. */
    public Map<String, List<String>> getUrlParams() {
        return urlParams;
    }

    /** Returns the first value of a parameter, or null. */
    public String getSingleUrlParam(String name) {
        List<String> values = urlParams.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** Sets the {@code auth} data. */
    public void setAuthToken(Object token) {
        authToken = token;
    }

    /** Returns the {@code auth} data that the client sent last, or null. */
    public Object getAuthToken() {
        return authToken;
    }
}
