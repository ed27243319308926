package io.everwire.netty;

import io.everwire.engine.Origins;
import java.nio.charset.StandardCharsets;

/**
 * The policy by which Flash learns which pages may open sockets to this machine (Adobe, "Setting up a socket policy file
 * server"). It ends with the connection, as in 2010, without the zero byte that Adobe mentions.
 *
 * <p>Each listed origin is an entry, as in 2010: of {@code host:port} the port is the one that pages of this host may
 * connect to. A whole origin names the page's port and no such thing: its host may connect to all. {@code null} is no
 * host. The server's own origin cannot be told: the request does not say what the server is called.
 */
final class FlashPolicy {
    /** What Flash asks, once it is connected; all of it. */
    static final byte[] REQUEST = "<policy-file-request/>\0".getBytes(StandardCharsets.US_ASCII);

    private FlashPolicy() {}

    /** Lines end in LF, and each entry has one of its own, as the servers 0.6.0 to 0.6.18 wrote them. */
    static byte[] of(Origins origins) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n")
                .append("<!DOCTYPE cross-domain-policy SYSTEM")
                .append(" \"http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd\">\n")
                .append("<cross-domain-policy>\n");
        origins.entries().forEach(entry -> allow(xml, entry));
        return xml.append("</cross-domain-policy>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void allow(StringBuilder xml, String entry) {
        int scheme = entry.indexOf("://");
        String authority = scheme < 0 ? entry : entry.substring(scheme + 3);
        int colon = authority.lastIndexOf(':');
        if (!authority.equals("null")) {
            String host = colon < 0 ? authority : authority.substring(0, colon);
            String port = colon < 0 || scheme >= 0 ? "*" : authority.substring(colon + 1);
            xml.append("<allow-access-from domain=\"").append(escaped(host));
            xml.append("\" to-ports=\"").append(escaped(port)).append("\"/>\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
