package io.everwire.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The table of clients in hosts in {@code docs/clients.md}. {@code -Deverwire.docs.accept=true} writes it. */
final class ClientTable {
    private static final Path DOCUMENT = Agent.ROOT.resolve("docs/clients.md");
    private static final String BEGIN = "<!-- hosts -->\n";
    private static final String END = "<!-- end of hosts -->";

    private final Map<String, Set<TestedHost>> rows = new LinkedHashMap<>();

    /** Adds a result. */
    void works(HostedClient client, TestedHost host) {
        List<String> features = new ArrayList<>(List.of("text"));
        if (client.hasBytes()) {
            features.add("bytes");
        }
        if (client.hasAcks()) {
            features.add("acks");
        }
        features.addAll(List.of("room", "reconnection"));
        String row = client.title() + " | " + client.way() + " | " + String.join(", ", features);
        rows.computeIfAbsent(row, each -> EnumSet.noneOf(TestedHost.class)).add(host);
    }

    /** Compares the table with the results, unless the tests of a host failed or were not selected. */
    void compare() throws IOException {
        Set<TestedHost> seen = EnumSet.noneOf(TestedHost.class);
        rows.values().forEach(seen::addAll);
        if (seen.size() < TestedHost.values().length) {
            return;
        }
        String before = Files.readString(DOCUMENT);
        int begin = before.indexOf(BEGIN) + BEGIN.length();
        String after = before.substring(0, begin) + table() + before.substring(before.indexOf(END, begin));
        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(DOCUMENT, after);
        } else {
            assertThat(before)
                    .as("docs/clients.md; -Deverwire.docs.accept=true writes it")
                    .isEqualTo(after);
        }
    }

    private String table() {
        StringBuilder text = new StringBuilder("| client | in | transport | tried");
        for (TestedHost host : TestedHost.values()) {
            text.append(" | ").append(host.heading());
        }
        text.append(" |\n|---|---|---|---|")
                .append("---|".repeat(TestedHost.values().length))
                .append('\n');
        new TreeMap<>(rows).forEach((row, hosts) -> {
            text.append("| ").append(row);
            for (TestedHost host : TestedHost.values()) {
                text.append(hosts.contains(host) ? " | yes" : " | –");
            }
            text.append(" |\n");
        });
        return text.toString();
    }
}
