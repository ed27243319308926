package io.everwire.engine;

import io.everwire.protocol.RequestHead;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word is taken for whom a request comes from. Each adds the address that it saw to a header, behind what the
 * request had there already, which anybody may have written: so the header is read from its end, and only as far as those
 * who wrote it are trusted. Immutable.
 */
public final class TrustedProxies {
    /** None: a request comes from whoever opened its connection. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    private final List<Network> networks;
    private final boolean forwarded;

    private TrustedProxies(List<Network> networks, boolean forwarded) {
        this.networks = networks;
        this.forwarded = forwarded;
    }

    /**
     * Those of these addresses and networks, who say it in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}.
     *
     * @throws IllegalArgumentException if one is neither an address nor, as {@code 10.0.0.0/8} is, a network
     */
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Network::of).toList(), false);
    }

    /** The same, who say it in {@code Forwarded} (RFC 7239) instead. */
    public TrustedProxies forwarded() {
        return new TrustedProxies(networks, true);
    }

    /** Who passed a request on: the address that the proxy saw, as it wrote it, and over which protocol it came. */
    private record Hop(String address, @Nullable String protocol) {}

    /** A request as its client sent it, as far as that is known. */
    RequestHead seenThrough(RequestHead head) {
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

    /** Of several the nearest proxy's: whoever is farther away may not be trusted. */
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

    /** Not split by quotes: whoever began one before a proxy's comma would hide what the proxy says. */
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

    /** With its port, if it has one; null for {@code unknown}, for names that hide an address, and for nonsense. */
    private static @Nullable InetSocketAddress address(String text) {
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

    /** Of an address in figures; no name is ever looked up. */
    private static byte @Nullable [] bytes(String figures) {
        try {
            if (figures.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
                String[] parts = figures.split("\\.", -1);
                byte[] bytes = new byte[parts.length];
                for (int i = 0; i < bytes.length; i++) {
                    int part = Integer.parseInt(parts[i]);
                    bytes[i] = (byte) part;
                    if (part > 255) {
                        return null;
                    }
                }
                return bytes;
            }
            // In brackets it is taken for figures, whatever it is.
            return figures.matches("[0-9a-f:.]{2,45}") && figures.indexOf(':') >= 0
                    ? InetAddress.getByName("[" + figures + "]").getAddress()
                    : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    /** Addresses that begin alike. */
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

    private record Forwarded(RequestHead head, InetSocketAddress remoteAddress, boolean secure) implements RequestHead {
        @Override
        public String method() {
            return head.method();
        }

        @Override
        public String target() {
            return head.target();
        }

        @Override
        public @Nullable String header(String name) {
            return head.header(name);
        }

        @Override
        public void forEachHeader(BiConsumer<String, String> visitor) {
            head.forEachHeader(visitor);
        }

        @Override
        public boolean upgrade() {
            return head.upgrade();
        }

        @Override
        public boolean draft() {
            return head.draft();
        }
    }
}
