package io.everwire.servlet;

import io.everwire.engine.TrustedProxies;
import io.everwire.protocol.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A copy of the head of a request: the container uses its own object for another request later. Any thread may read it. */
final class ServletRequestHead implements RequestHead {
    /** The memory of this object and its parts beside the characters, in bytes. */
    private static final int OBJECTS = 160;

    /** The attribute of the certificates of a TLS client (Servlet 6.0, section 3.9). */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** The memory of one text beside its characters, in bytes: two objects and a reference. */
    private static final int TEXT = 48;

    private static final String HOST = "host";

    /** The ports that an address does not name. */
    private static final int HTTP = 80;

    private static final int HTTPS = 443;

    private final String method;
    private final String target;
    private final String[] headers;
    private final InetSocketAddress remoteAddress;
    private final boolean secure;
    private final boolean upgrade;
    private final @Nullable Principal principal;
    private final List<X509Certificate> certificates;
    private final Map<Class<?>, Object> attachments;

    /**
     * @param target see {@link #target(HttpServletRequest)}
     * @param webSockets says whether it asks for a WebSocket that the host can grant
     * @param attachments objects of the application, by type
     */
    ServletRequestHead(
            HttpServletRequest request, String target, WebSockets webSockets, Map<Class<?>, Object> attachments) {
        this.method = request.getMethod();
        this.target = target;
        this.headers = headers(request);
        this.remoteAddress = address(request.getRemoteAddr(), request.getRemotePort());
        this.secure = request.isSecure();
        this.principal = request.getUserPrincipal();
        this.certificates =
                request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
        this.attachments = attachments.isEmpty() ? Map.of() : Map.copyOf(attachments);
        this.upgrade = request.getProtocol().equals("HTTP/1.1")
                && request.getContentLengthLong() <= 0
                && header("Transfer-Encoding") == null
                && webSockets.isGrantable(this);
    }

    /**
     * Returns the target as the client sent it, without the path of the application: that one is the container's. The
     * other parts of the path that a container offers are decoded, and Jetty throws for some.
     */
    static String target(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        if (context != null && !context.isEmpty() && path.startsWith(context)) {
            path = path.substring(context.length());
        }
        String query = request.getQueryString();
        return query == null ? path : path + "?" + query;
    }

    private static String[] headers(HttpServletRequest request) {
        List<String> all = new ArrayList<>(32);
        List<String> names = Collections.list(request.getHeaderNames());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!contains(names.subList(0, i), name)) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    all.add(name);
                    all.add(value);
                }
            }
        }
        if (!request.getProtocol().startsWith("HTTP/1.") && !contains(names, HOST)) {
            all.add(HOST);
            all.add(authority(request));
        }
        return all.toArray(String[]::new);
    }

    /** Returns what a request over HTTP/2 has instead of the header {@code Host}, which some containers add and others do not. */
    private static String authority(HttpServletRequest request) {
        int port = request.getServerPort();
        return port == (request.isSecure() ? HTTPS : HTTP)
                ? request.getServerName()
                : request.getServerName() + ":" + port;
    }

    /** Some containers name a repeated header once for each case that it was sent in. */
    private static boolean contains(List<String> names, String name) {
        for (String each : names) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the peer's address. Behind filters and valves for proxies it can be any text: a name is never looked up,
     * which would wait for the network, and becomes 0.0.0.0.
     */
    private static InetSocketAddress address(@Nullable String text, int port) {
        String bare = text == null
                ? ""
                : text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        InetSocketAddress found = TrustedProxies.address(zone < 0 ? bare : bare.substring(0, zone));
        int known = Math.max(0, Math.min(port, 65_535));
        try {
            return found != null && found.getPort() == 0
                    ? new InetSocketAddress(found.getAddress(), known)
                    : new InetSocketAddress(InetAddress.getByAddress(new byte[4]), known);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers[i + 1];
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {
        for (int i = 0; i < headers.length; i += 2) {
            visitor.accept(headers[i], headers[i + 1]);
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public boolean upgrade() {
        return upgrade;
    }

    @Override
    public @Nullable Principal principal() {
        return principal;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return certificates;
    }

    @Override
    public <T> @Nullable T hostObject(Class<T> type) {
        return type.cast(attachments.get(type));
    }

    /** Returns the memory of this object, in bytes: most headers are Latin-1, with one byte for each character. */
    int bytes() {
        int bytes = OBJECTS + TEXT + target.length();
        for (String text : headers) {
            bytes += TEXT + text.length();
        }
        return bytes;
    }
}
