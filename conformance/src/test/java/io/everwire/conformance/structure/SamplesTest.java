package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the code in the documents is compiled and run. */
final class SamplesTest {
    private static final Pattern JAVA_METHOD =
            Pattern.compile("public static (?:<[^>]+> )?[\\w<>.,? ]+ (\\w+)\\((?!String\\[] args)");
    private static final Pattern JS_FUNCTION = Pattern.compile("(?m)^export (?:async )?function (\\w+)\\(");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    /** Blocks show samples word for word; -Deverwire.docs.accept=true writes the samples into the documents. */
    @Test
    void everyBlockOfCodeIsASample() throws IOException {
        Map<String, Samples.Sample> samples = Samples.all();
        for (Path document : Samples.documents()) {
            if (Boolean.getBoolean("everwire.docs.accept")) {
                Files.writeString(document, Samples.filled(document, samples));
            }
            for (Samples.Block block : Samples.blocks(document)) {
                if (Samples.LANGUAGES.contains(block.language())) {
                    String where = Tree.show(document) + ", block " + block.language() + " \"" + block.name() + "\"";
                    assertThat(samples.keySet())
                            .as(where + ": no sample of this name (```java name, // docs: name)")
                            .contains(block.name());
                    assertThat(block.text())
                            .as(where + " differs from its sample")
                            .isEqualTo(samples.get(block.name()).text());
                }
            }
        }
    }

    @Test
    void everySampleIsShown() {
        Set<String> shown = Samples.documents().stream()
                .flatMap(document -> Samples.blocks(document).stream())
                .map(Samples.Block::name)
                .collect(Collectors.toSet());
        assertThat(Samples.all().keySet()).isSubsetOf(shown);
    }

    /** A test of the guide names each method and function with a sample; each test decides on its assertions. */
    @Test
    void everySampleIsRun() {
        String tests = Tree.files(
                        Tree.ROOT.resolve("conformance/src/test/java/io/everwire/conformance/guide"),
                        Tree.named("Test.java"))
                .stream()
                .map(Tree::read)
                .collect(Collectors.joining("\n"));
        List<String> notRun = new ArrayList<>();
        for (Path file : Tree.files(
                Tree.ROOT.resolve("examples/src/main/java/io/everwire/examples/guide"), Tree.named(".java"))) {
            String type = file.getFileName().toString().replace(".java", "");
            for (MatchResult method :
                    JAVA_METHOD.matcher(Tree.read(file)).results().toList()) {
                String name = method.group(1);
                if (!tests.contains(type + "." + name + "(") && !tests.contains(type + "::" + name)) {
                    notRun.add(type + "." + name);
                }
            }
        }
        for (Path file : Tree.files(Tree.ROOT.resolve("conformance/js/guide"), Tree.named(".mjs"))) {
            String script = file.getFileName().toString().replace(".mjs", "");
            for (MatchResult function :
                    JS_FUNCTION.matcher(Tree.read(file)).results().toList()) {
                if (!tests.contains("\"" + script + "\", \"" + function.group(1) + "\"")) {
                    notRun.add(script + ".mjs " + function.group(1));
                }
            }
        }
        assertThat(notRun).as("samples that no test of the guide runs").isEmpty();
    }

    @Test
    void linksLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path document : Samples.documents()) {
            for (MatchResult link : LINK.matcher(Tree.read(document)).results().toList()) {
                if (!Files.exists(document.resolveSibling(link.group(1)).normalize())) {
                    dead.add(Tree.show(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(dead).as("links in documents to missing files").isEmpty();
    }
}
