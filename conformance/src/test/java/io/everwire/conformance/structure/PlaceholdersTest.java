package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names of the public repository, which RELEASING.md lists, agree and stand in few files. */
final class PlaceholdersTest {
    private static final Pattern URL =
            Pattern.compile("<everwire\\.url>(https://github\\.com/([^/]+)/[^<]+)</everwire\\.url>");
    private static final Pattern OWNER = Pattern.compile("(?m)^[^#\\n]+ @([^/\\s]+)/");

    private final MatchResult url = only(URL, Tree.ROOT.resolve("pom.xml"));

    @Test
    void theOwnersOfTheCodeBelongToTheOrganizationOfTheRepository() {
        assertThat(only(OWNER, Tree.ROOT.resolve(".github/CODEOWNERS")).group(1))
                .isEqualTo(url.group(2));
    }

    @Test
    void onlyThePomAndItsChecklistNameTheRepository() {
        String address = url.group(1).replace("https://", "");
        List<String> files =
                Tree.files(Tree.ROOT, file -> file.toString().matches(".*\\.(md|xml|yml|yaml|mjs|java|json|html)"))
                        .stream()
                        .filter(file -> !file.endsWith(".flattened-pom.xml"))
                        .filter(file -> Tree.read(file).contains(address))
                        .map(Tree::show)
                        .toList();

        assertThat(files).containsExactlyInAnyOrder("pom.xml", "RELEASING.md");
    }

    private static MatchResult only(Pattern pattern, Path file) {
        List<MatchResult> found = pattern.matcher(Tree.read(file)).results().toList();
        assertThat(found).as(Tree.show(file)).hasSize(1);
        return found.get(0);
    }
}
