package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that are trusted to report the addresses of clients and the host that they asked for. Each proxy appends the address that it saw to a
 * header. Anybody may have written the rest of this header. It is therefore read from its end, and only as far as its
 * authors are trusted. Immutable.
 */
public final class TrustedProxies {
    /** Trusts no proxy: the client of a request is the peer of its connection. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");

    private final List<Network> networks;
    private final boolean forwarded;

    private TrustedProxies(List<Network> networks, boolean forwarded) {
        this.networks = networks;
        this.forwarded = forwarded;
    }

    /**
     * Trusts proxies with these addresses and networks. They report in {@code X-Forwarded-For}, {@code
     * X-Forwarded-Proto}, {@code X-Forwarded-Host} and {@code X-Forwarded-Port}.
     *
     * @throws IllegalArgumentException if one is neither an address nor, as {@code 10.0.0.0/8} is, a network
     */
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Network::of).toList(), false);
    }

    /** Returns the same proxies, which report in {@code Forwarded} (RFC 7239) instead. */
    public TrustedProxies forwarded() {
        return new TrustedProxies(networks, true);
    }

    /** A report of one proxy: the address and the protocol that it saw, as it wrote them. */
    private record Hop(String address, @Nullable String protocol) {}

    /** Returns the request as its client sent it, as far as that is known. */
    public RequestHead seenThrough(RequestHead head) {
        InetSocketAddress client = head.remoteAddress();
        if (!trusts(client.getAddress())) {
            return head;
        }
        List<Hop> hops = forwarded ? forwardedHops(head) : hops(head);
        String protocol = forwarded ? null : nearestProtocol(head);
        for (int i = hops.size() - 1; i >= 0 && trusts(client.getAddress()); i--) {
            InetSocketAddress before = address(hops.get(i).address);
            if (before == null) {
                break;
            }
            client = before;
            protocol = forwarded ? hops.get(i).protocol : protocol;
        }
        boolean secure = protocol == null ? head.secure() : protocol.equals("https") || protocol.equals("wss");
        return new Forwarded(head, client, secure);
    }

    /**
     * Returns the hosts, with or without a port, that the browser may have asked for: {@code Host}, and the hosts and
     * ports that trusted proxies report. Every value of a list counts, although a client may have written some of
     * them: a page of another origin cannot add these headers to a request without asking first.
     */
    List<String> hosts(RequestHead head) {
        String host = head.header("Host");
        if (!trusts(head.remoteAddress().getAddress())) {
            return host == null || host.isEmpty() ? List.of() : List.of(host);
        }
        List<String> hosts = new ArrayList<>(4);
        hosts.add(host == null ? "" : host);
        if (forwarded) {
            values(head, "Forwarded").forEach(element -> hosts.add(parameter(element, "host")));
        } else {
            hosts.addAll(values(head, "X-Forwarded-Host"));
            List<String> ports = values(head, "X-Forwarded-Port");
            for (int i = hosts.size() - 1; i >= 0 && !ports.isEmpty(); i--) {
                hosts.add(hosts.get(i) + ":" + ports.get(ports.size() - 1));
            }
        }
        hosts.removeIf(each -> each.isEmpty() || each.startsWith(":"));
        return hosts;
    }

    /** Returns the host that the nearest trusted proxy reports, or null. */
    @Nullable
    String nearestHost(RequestHead head) {
        if (!trusts(head.remoteAddress().getAddress())) {
            return null;
        }
        List<String> hosts = forwarded
                ? values(head, "Forwarded").stream()
                        .map(element -> parameter(element, "host"))
                        .toList()
                : values(head, "X-Forwarded-Host");
        String nearest = hosts.isEmpty() ? "" : hosts.get(hosts.size() - 1);
        return nearest.isEmpty() ? null : nearest;
    }

    private boolean trusts(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        for (Network network : networks) {
            if (network.contains(address.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the protocol that the nearest proxy reported: farther ones may not be trusted. */
    private static @Nullable String nearestProtocol(RequestHead head) {
        List<String> protocols = values(head, "X-Forwarded-Proto");
        return protocols.isEmpty() ? null : protocols.get(protocols.size() - 1);
    }

    private static List<Hop> hops(RequestHead head) {
        return values(head, "X-Forwarded-For").stream()
                .map(address -> new Hop(address, null))
                .toList();
    }

    private static List<Hop> forwardedHops(RequestHead head) {
        return values(head, "Forwarded").stream()
                .map(element -> {
                    String protocol = parameter(element, "proto");
                    return new Hop(parameter(element, "for"), protocol.isEmpty() ? null : protocol);
                })
                .toList();
    }

    /** Ignores quotes: a client that begins one before a proxy's comma would hide the report of the proxy. */
    private static List<String> values(RequestHead head, String header) {
        List<String> values = new ArrayList<>(4);
        head.forEachHeader((name, value) -> {
            if (name.equalsIgnoreCase(header)) {
                for (String element : value.split(",", -1)) {
                    values.add(element.strip().toLowerCase(Locale.ROOT));
                }
            }
        });
        return values;
    }

    private static String parameter(String element, String name) {
        for (String pair : element.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.startsWith(name + "=")) {
                return stripped.substring(name.length() + 1).replace("\"", "");
            }
        }
        return "";
    }

    /**
     * Returns the address with its port, if it has one; null for {@code unknown}, for names that hide an address, and
     * for nonsense. A name is never looked up.
     */
    public static @Nullable InetSocketAddress address(String text) {
        int end = text.indexOf(']');
        boolean bare = text.indexOf(':') != text.lastIndexOf(':') && end < 0;
        int colon = bare ? -1 : text.indexOf(':', Math.max(0, end));
        String host = colon < 0 ? text : text.substring(0, colon);
        byte[] bytes = bytes(host.startsWith("[") && end == host.length() - 1 ? host.substring(1, end) : host);
        try {
            int port = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
            return bytes == null ? null : new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (IllegalArgumentException | UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Returns the bytes of an address in figures; names are never looked up. */
    private static byte @Nullable [] bytes(String figures) {
        if (figures.indexOf(':') < 0) {
            return fourBytes(figures);
        }
        try {
            // In brackets it is never looked up as a name.
            return IPV6.matcher(figures).matches()
                    ? InetAddress.getByName("[" + figures + "]").getAddress()
                    : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Returns the bytes of an IPv4 address, or null. Without a regular expression: the servlet host asks for each request. */
    private static byte @Nullable [] fourBytes(String figures) {
        byte[] bytes = new byte[4];
        int at = 0;
        int digits = 0;
        int part = 0;
        for (int i = 0; i <= figures.length(); i++) {
            char c = i < figures.length() ? figures.charAt(i) : '.';
            if (c >= '0' && c <= '9' && digits < 3) {
                part = 10 * part + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && part <= 255 && at < bytes.length) {
                bytes[at++] = (byte) part;
                digits = 0;
                part = 0;
            } else {
                return null;
            }
        }
        return at == bytes.length ? bytes : null;
    }

    /** Addresses that begin with the same bits. */
    private static final class Network {
        private final byte[] address;
        private final int bits;

        private Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        static Network of(String text) {
            int slash = text.indexOf('/');
            byte[] address = bytes((slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT));
            String bits = slash < 0 ? "" : text.substring(slash + 1);
            if (address == null || !bits.matches(slash < 0 ? "" : "\\d{1,3}")) {
                throw refused(text);
            }
            int length = slash < 0 ? address.length * Byte.SIZE : Integer.parseInt(bits);
            if (length > address.length * Byte.SIZE) {
                throw refused(text);
            }
            return new Network(address, length);
        }

        boolean contains(byte[] other) {
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return other.length == address.length
                    && Arrays.equals(other, 0, whole, address, 0, whole)
                    && (rest == 0 || (other[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0);
        }

        private static IllegalArgumentException refused(String text) {
            return new IllegalArgumentException(
                    "trustedProxies: \"" + text + "\" is neither an address nor a network such as 10.0.0.0/8");
        }
    }

    private record Forwarded(RequestHead head, InetSocketAddress remoteAddress, boolean secure)
            implements DelegatingHead {
        /** The certificates of a proxy say nothing about its clients. */
        @Override
        public List<X509Certificate> peerCertificates() {
            return remoteAddress.equals(head.remoteAddress()) ? head.peerCertificates() : List.of();
        }
    }
}
