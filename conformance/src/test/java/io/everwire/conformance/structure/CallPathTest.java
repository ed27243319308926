package io.everwire.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class CallPathTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importClasses(Reader.class, Parser.class, Parser.Buffer.class, Output.class, Sink.class);

    interface Sink {
        void write();
    }

    static final class Reader {
        void read(Executor executor, Parser parser) {
            executor.execute(() -> parser.parse());
        }
    }

    static final class Parser {
        void parse() {
            Runnable flush = new Buffer(new Output())::flush;
            flush.run();
        }

        record Buffer(Sink first) {
            void flush() {
                first.write();
            }
        }
    }

    static final class Output implements Sink {
        @Override
        public void write() {}
    }

    @Test
    void everyMethodCallsTheNext() {
        assertThat(faults("Reader.read", "Parser.parse", "Parser.Buffer.flush", "Output.write"))
                .isEmpty();
    }

    @Test
    void aNestedClassBelongsToItsOuterClass() {
        assertThat(faults("Parser.parse", "Sink.write")).isEmpty();
    }

    @Test
    void aMethodThatIsSkippedIsMissed() {
        assertThat(faults("Reader.read", "Output.write")).containsExactly("Reader calls no Output.write");
    }

    @Test
    void theOrderCounts() {
        assertThat(faults("Parser.parse", "Reader.read")).containsExactly("Parser calls no Reader.read");
    }

    @Test
    void namesMustExist() {
        assertThat(faults("Reader.close", "Purser.parse"))
                .containsExactly("there is no Reader.close", "there is no Purser.parse");
    }

    @Test
    void afterAHandOverOnlyTheMethodMustExist() {
        CallPath path = CallPath.of("""

                ## The path
                1. `Reader.read` reads
                   a line.
                2. `Output.write` writes it
                   (hand-over).
                """, "The path");

        assertThat(path.steps()).extracting(CallPath.Step::handedOver).containsExactly(false, true);
        assertThat(path.faults(CLASSES)).isEmpty();
    }

    @Test
    void afterAReturnAnEarlierMethodCalls() {
        assertThat(faults("Parser.parse", "Output.write", "Parser.Buffer.flush"))
                .containsExactly("Output calls no Parser.Buffer.flush");
        assertThat(faults("Parser.parse", "Output.write", "Parser.Buffer.flush (after return)"))
                .isEmpty();
        assertThat(faults("Parser.parse", "Output.write", "Reader.read (after return)"))
                .containsExactly("Output calls no Reader.read");
    }

    @Test
    void onlyTheListBelowTheHeadingIsRead() {
        String document = """
                # Page

                ## The path

                Some text.

                1. `Reader.read` reads.

                ## Another

                1. `Parser.parse` parses.
                """;

        assertThat(CallPath.of(document, "The path").steps()).hasToString("[Reader.read]");
        assertThatIllegalArgumentException().isThrownBy(() -> CallPath.of(document, "Nowhere"));
    }

    @Test
    void everyEntryBeginsWithAMethod() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallPath.of("\n## The path\n1. `Reader.read` reads.\n2. The rest.\n", "The path"))
                .withMessageContaining("2 entries, of which 1");
    }

    private static List<String> faults(String... steps) {
        StringBuilder document = new StringBuilder("\n## The path\n\n");
        for (int i = 0; i < steps.length; i++) {
            document.append(i + 1)
                    .append(". `")
                    .append(steps[i].replaceFirst("( |$)", "` "))
                    .append(" does something.\n");
        }
        return CallPath.of(document.toString(), "The path").faults(CLASSES);
    }
}
