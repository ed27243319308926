package io.everwire.core;

import io.everwire.Host;
import io.everwire.ServerOptions;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each port that opens and each host without a port, with the settings that most often explain why a client does not connect. Any thread. */
final class PortLog {
    private static final Logger log = LoggerFactory.getLogger(PortLog.class);

    private final String settings;

    /** @param generations the names of the generations that are enabled */
    PortLog(ServerOptions options, List<String> generations) {
        this.settings = "path " + options.path() + ", generations " + String.join(" ", generations) + ", pages of "
                + pages(options);
    }

    void opened(Host host) {
        log.info("{}", line(host));
    }

    /** Returns the line for a port, such as {@code Socket.IO port 0.0.0.0:8080 is open: Netty with epoll, no TLS, …}. */
    String line(Host host) {
        return "Socket.IO port " + address(host.address()) + " is open: " + host.description() + ", " + settings;
    }

    /** Logs a host without a port of its own, such as a filter. */
    void serving(String host) {
        log.info("{}", line(host));
    }

    /** Returns the line for a host without a port of its own. */
    String line(String host) {
        return "Socket.IO is served by " + host + ", " + settings;
    }

    private static String address(InetSocketAddress address) {
        String name = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort();
    }

    private static String pages(ServerOptions options) {
        String listed = options.origins().isEmpty()
                ? "its own origin only"
                : "its own origin and " + String.join(" ", options.origins());
        return options.originFilter() == null ? listed : listed + ", and as the originFilter decides";
    }
}
