package io.everwire.netty;

import io.everwire.engine.Origins;
import java.nio.charset.StandardCharsets;

/**
 * Writes the policy that tells Flash which pages may open sockets to this machine (Adobe, "Setting up a socket policy
 * file server"). The end of the connection ends it, as with the servers of 2010, without the zero byte that Adobe
 * mentions.
 *
 * <p>Each listed origin is one entry, as with those servers. In {@code host:port}, the port is the one that pages of
 * the host may connect to. The port of a whole origin is the page's, so that its host may connect to all ports.
 * {@code null} and the origins of applications name no host. The server's own origin is left out, because Flash's request does not contain the
 * server's name.
 */
final class FlashPolicy {
    /** The whole request of Flash, with the zero byte that ends it. */
    static final byte[] REQUEST = "<policy-file-request/>\0".getBytes(StandardCharsets.US_ASCII);

    private FlashPolicy() {}

    /**
     * Returns the policy for {@code origins}, with one line for each entry, ended by LF, as Socket.IO 0.6.0 to 0.6.18
     * wrote it.
     */
    static byte[] of(Origins origins) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n")
                .append("<!DOCTYPE cross-domain-policy SYSTEM")
                .append(" \"http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd\">\n")
                .append("<cross-domain-policy>\n");
        origins.entries().forEach(entry -> allow(xml, entry));
        return xml.append("</cross-domain-policy>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Hosts of origins need no escapes: they consist of letters, digits, dots, hyphens, brackets and stars. */
    private static void allow(StringBuilder xml, String entry) {
        int scheme = entry.indexOf("://");
        boolean web = scheme < 0 || entry.startsWith("http");
        String authority = scheme < 0 ? entry : entry.substring(scheme + 3);
        int colon = authority.lastIndexOf(':');
        if (web && !authority.equals("null")) {
            String host = colon < 0 ? authority : authority.substring(0, colon);
            String port = colon < 0 || scheme >= 0 ? "*" : authority.substring(colon + 1);
            xml.append("<allow-access-from domain=\"").append(host);
            xml.append("\" to-ports=\"").append(port).append("\"/>\n");
        }
    }
}
