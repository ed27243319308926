package io.everwire.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.everwire.protocol.Claim;
import io.everwire.protocol.Generation;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.generations.Generations;
import io.everwire.protocol.wire.RecordedHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests of clients outside of browsers, as the table in {@code docs/generations.md} lists them (A3). */
class RequestShapesTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("everwire.root", ".."), "docs/generations.md");

    /** One line: a WebSocket is marked {@code WS}, everything else begins with its method. */
    record Shape(String request, String generation, String client) {}

    static Stream<Shape> shapes() throws Exception {
        List<Shape> shapes = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| `(GET|POST|WS) /.*"))
                .map(line -> line.split("\\|"))
                .map(cells -> new Shape(
                        cells[1].trim().replace("`", ""), cells[2].trim().replace("`", ""), cells[3].trim()))
                .toList();
        assertThat(shapes).hasSizeGreaterThan(20);
        return shapes.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theFirstGenerationThatClaimsItIsRight(Shape shape) {
        String method = shape.request().substring(0, shape.request().indexOf(' '));
        String target = shape.request().substring(method.length() + 1);
        RecordedHead head =
                new RecordedHead(method.equals("WS") ? "GET" : method, target, List.of(), method.equals("WS"));
        // In this order; the last one also claims requests of other versions, to reject them.
        for (Generation generation : Generations.ALL) {
            Claim claim = generation.claim(head, target.substring("/socket.io".length()), SessionOptions.DEFAULTS);
            if (claim != null) {
                assertThat(generation.name()).as(shape.client()).isEqualTo(shape.generation());
                assertThat(claim)
                        .as(shape.client())
                        .isEqualTo(target.contains("SID") ? new Claim.Resume("SID") : new Claim.Open());
                return;
            }
        }
        fail("nobody claims " + shape);
    }
}
