package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documentation as a site ({@code ./everwire site}), without the Javadoc. */
final class SiteTest {
    private static final Path GENERATOR = Agent.ROOT.resolve("site/build.mjs").toAbsolutePath();

    /** The generator fails if a page is missing in the navigation, or if a link leads nowhere. */
    @Test
    void everyPageIsInTheNavigationAndNoLinkIsBroken(@TempDir Path folder) throws Exception {
        String output = build(Agent.ROOT, folder, 0);

        assertThat(output).contains(", 0 faults:");
        try (Stream<Path> documents = Files.walk(Agent.ROOT.resolve("docs"))) {
            for (Path document :
                    documents.filter(file -> file.toString().endsWith(".md")).toList()) {
                String page = Agent.ROOT
                        .resolve("docs")
                        .relativize(document)
                        .toString()
                        .replace("README.md", "index.md")
                        .replaceFirst("md$", "html");
                assertThat(folder.resolve("docs").resolve(page)).isRegularFile();
            }
        }
    }

    @Test
    void chromiumShowsAPageAndSearches(@TempDir Path folder) throws Exception {
        build(Agent.ROOT, folder, 0);
        Agent agent = new Agent();
        try {
            agent.order("page", "site", "url", folder.toUri() + "docs/guide/rooms.html");
            agent.order(
                    "waitFor",
                    "site",
                    "script",
                    "document.querySelector('nav [aria-current]')?.textContent === 'Rooms and broadcasts'");
            agent.order("fill", "site", "selector", "#search", "text", "nginx");
            agent.order(
                    "waitFor",
                    "site",
                    "script",
                    "[...document.querySelectorAll('#found a')].some((a) => a.textContent === 'Behind nginx')");
            agent.order("closePage", "site");
        } finally {
            agent.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [a](b.md);                docs/README.md: b.md leads to no file
            [a](page.md#nothing);     page.html#nothing leads to no element
            [a](page.md) [b](folder); docs/README.md: folder leads to a folder without README.md
            nothing;                  docs/page.md: neither docs/README.md nor the README.md of its folder links to it
            """)
    void faultsAreNamed(String text, String fault, @TempDir Path root, @TempDir Path folder) throws Exception {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("README.md"), "# Home\n");
        Files.writeString(root.resolve("docs/README.md"), "# Index\n\n## Section\n\n- " + text + "\n");
        Files.writeString(root.resolve("docs/page.md"), "# A page\n");
        Files.createDirectories(root.resolve("docs/folder"));

        assertThat(build(root, folder, 1)).contains(fault);
    }

    private static String build(Path root, Path folder, int status) throws IOException, InterruptedException {
        List<String> command = List.of(
                "node", GENERATOR.toString(), "--root", root.toAbsolutePath().toString(), "--to", folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return output;
    }
}
