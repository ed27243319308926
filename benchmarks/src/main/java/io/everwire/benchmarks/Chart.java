package io.everwire.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws results as bars: the cost of each server as a multiple of the floor, on a logarithmic scale. */
final class Chart {
    private static final int WIDTH = 860;
    private static final int LEFT = 150;
    private static final int BAR = 16;
    private static final int HEAD = 26;
    private static final int GAP = 14;

    /** The pixels of a doubling; 64 times the floor still fits. */
    private static final double STEP = 105;

    private static final Map<Peer, String> COLOURS = Map.ofEntries(
            Map.entry(Peer.FLOOR, "#9aa0a6"),
            Map.entry(Peer.FLOOR_JSON, "#c3c7cb"),
            Map.entry(Peer.FLOOR_TOMCAT, "#a9bccf"),
            Map.entry(Peer.FLOOR_JETTY, "#cdb4bf"),
            Map.entry(Peer.EVERWIRE_LOOP, "#0b6e4f"),
            Map.entry(Peer.BEFORE_LOOP, "#5b7f95"),
            Map.entry(Peer.EVERWIRE, "#21a179"),
            Map.entry(Peer.BEFORE, "#9db8c7"),
            Map.entry(Peer.WEBFLUX, "#6fb58f"),
            Map.entry(Peer.NETTY_SOCKETIO, "#d1793c"),
            Map.entry(Peer.NODE, "#7a5ea8"),
            Map.entry(Peer.TOMCAT, "#2f7ed8"),
            Map.entry(Peer.TOMCAT_JAKARTA, "#8bbce8"),
            Map.entry(Peer.JETTY, "#c94f7c"),
            Map.entry(Peer.BEFORE_TOMCAT, "#9fbfe0"),
            Map.entry(Peer.BEFORE_JETTY, "#dfa3b8"),
            Map.entry(Peer.SPRING_WEBSOCKET, "#b8a12c"),
            Map.entry(Peer.SPRING_STOMP, "#d9c65a"),
            Map.entry(Peer.SPRING_SOCKJS, "#8f7d1f"),
            Map.entry(Peer.NETTY_SOCKETIO_TOMCAT, "#e0a070"),
            Map.entry(Peer.SOCKET_IO_JAVA, "#8a6d5b"));

    private Chart() {}

    static String of(Map<Scenario, List<Result>> results) {
        StringBuilder bars = new StringBuilder();
        int y = GAP;
        for (Map.Entry<Scenario, List<Result>> entry : results.entrySet()) {
            double floor = Table.floor(entry.getValue());
            if (!Double.isNaN(floor)) {
                bars.append(
                        text(GAP, y + 14, "font-weight=\"bold\"", entry.getKey().description()));
                y += HEAD;
                for (Result result : entry.getValue()) {
                    bars.append(bar(y, result.peer(), result.cost() / floor));
                    y += BAR + 3;
                }
                y += GAP;
            }
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                                + " font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                        WIDTH,
                        y)
                + bars
                + "</svg>\n";
    }

    private static String bar(int y, Peer peer, double ratio) {
        double width = Math.max(2, 4 + STEP * Math.log(Math.max(1, ratio)) / Math.log(2));
        String rect = String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                LEFT,
                y,
                width,
                BAR,
                COLOURS.get(peer));
        String label = String.format(Locale.ROOT, "%.2f×", ratio);
        return text(LEFT - 8, y + 12, "text-anchor=\"end\"", peer.label())
                + rect
                + text((int) (LEFT + width + 6), y + 12, "", label);
    }

    private static String text(int x, int y, String style, String text) {
        String plain = text.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, y, style, plain);
    }
}
