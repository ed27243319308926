package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the tables of {@code docs/features.md}: the names in them exist. */
final class FeaturesTest {
    private static final Path DOCUMENT = Tree.ROOT.resolve("docs/features.md");

    /** The names that socket.io 4.8.4 and engine.io 6.6.12 offer to applications, by the section that lists them. */
    private static final Map<String, String> NODE = Map.of(
            "Options",
            "path serveClient adapter parser connectTimeout connectionStateRecovery cleanupEmptyChildNamespaces pingTimeout"
                    + " pingInterval upgradeTimeout maxHttpBufferSize allowRequest transports allowUpgrades"
                    + " perMessageDeflate httpCompression wsEngine initialPacket cookie cors allowEIO3 addTrailingSlash"
                    + " destroyUpgrade destroyUpgradeTimeout",
            "Server",
            "sockets engine httpServer path serveClient adapter connectTimeout listen attach attachApp bind of close use to"
                    + " in except send write emit emitWithAck serverSideEmit serverSideEmitWithAck allSockets compress"
                    + " volatile local timeout fetchSockets socketsJoin socketsLeave disconnectSockets connection"
                    + " new_namespace clientsCount generateId handleRequest handleUpgrade opts connection_error"
                    + " initial_headers headers",
            "Namespaces",
            "name server sockets adapter use to in except send write emit emitWithAck serverSideEmit serverSideEmitWithAck"
                    + " allSockets compress volatile local timeout fetchSockets socketsJoin socketsLeave"
                    + " disconnectSockets connection data",
            "Sockets",
            "nsp client id recovered handshake data connected disconnected request conn rooms emit emitWithAck to in except"
                    + " send write join leave disconnect compress volatile broadcast local timeout use onAny prependAny"
                    + " offAny listenersAny onAnyOutgoing headers time address xdomain secure issued url query auth on once"
                    + " off removeAllListeners eventNames listenerCount disconnecting error",
            "Broadcasts",
            "to in except compress volatile local timeout emit emitWithAck allSockets fetchSockets socketsJoin"
                    + " socketsLeave disconnectSockets id handshake rooms data join leave disconnect",
            "Middleware",
            "allowRequest use");

    @Test
    void everythingOfTheNodeServerHasARow() {
        NODE.forEach((section, names) -> {
            List<String> there = Proofs.table(DOCUMENT, section).stream()
                    .flatMap(row -> Proofs.named(row.get(0)).stream())
                    .toList();
            assertThat(names.split(" "))
                    .as(section)
                    .allSatisfy(name -> assertThat(there)
                            .as(name)
                            .anyMatch(text -> text.matches("(?s)(.*\\W)?" + name + "(\\W.*)?")));
        });
    }

    @Test
    void aRowWithoutAReplacementHasItsReason() {
        NODE.keySet().stream()
                .flatMap(section -> Proofs.table(DOCUMENT, section).stream())
                .filter(row -> row.get(1).equals("–"))
                .forEach(row -> assertThat(row).as("name, –, why").hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Options", "Server", "Namespaces", "Sockets", "Broadcasts", "Middleware"})
    void everyReplacementIsInThePublicApi(String section) {
        List<List<String>> rows = Proofs.table(DOCUMENT, section);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.size()).as(row + ": columns").isBetween(2, 3);
            List<String> names = Proofs.named(row.get(1));
            assertThat(names)
                    .as(row + ": a name, or –")
                    .matches(found -> found.isEmpty() == row.get(1).equals("–"));
            assertThat(names)
                    .filteredOn(name -> !PublicNames.exists(name))
                    .as(row.get(0))
                    .isEmpty();
        });
    }

    @Test
    void everyMistakeHasItsTest() {
        assertProven(Proofs.table(DOCUMENT, "Mistakes of others, as tests"), 3);
    }

    @Test
    void everythingThatTheReferencesOwnTestsInsistOnHasItsTest() {
        assertProven(Proofs.table(DOCUMENT, "Robustness, as tests"), 2);
    }

    private static void assertProven(List<List<String>> rows, int cells) {
        Proofs proofs = new Proofs();
        assertThat(rows).hasSizeGreaterThan(15);
        rows.forEach(row -> proofs.assertProven(row, cells));
    }
}
