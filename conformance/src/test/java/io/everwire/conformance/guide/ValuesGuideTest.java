package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.Values;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A9: {@code docs/guide/values.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValuesGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void valuesAreBoundOrRejected() throws Exception {
        try (Playground ground = new Playground(agent, Values::typed)) {
            Inbox log = ground.run("values", "typed");
            log.take("log", "[\"2023-11-14T22:14:20.123Z\"]");
            log.take("log", "[\"2023-11-14T22:14:20.123Z\"]");
            log.take("log", "[2]");
            log.take("log", "[\"not answered\"]");
        }
    }

    /** The table of the page: the official client writes each value. */
    @Test
    void officialClientsWriteValuesAsThePageSays() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(
                agent,
                server -> server.onRaw("values", (socket, arguments) -> {
                    for (Object value : arguments.all()) {
                        log.accept(value instanceof byte[] bytes ? "bytes " + Arrays.toString(bytes) : value);
                    }
                    return arguments.size();
                }))) {
            ground.run("values", "table");
            for (String expected : List.of(
                    "null",
                    "null",
                    "{b=null}",
                    "[1, null, 3, null]",
                    "null",
                    "null",
                    "0",
                    "1.5",
                    "9007199254740994",
                    "1.0E21",
                    "2023-11-14T22:13:20.123Z",
                    "1700000000123",
                    "{}",
                    "{}",
                    "null",
                    "bytes [1, 2]",
                    "bytes [0, 0, 0, 0, 0, 0, -8, 63]",
                    "bytes [3]",
                    "BigInt throws")) {
                assertThat(log.next()).isEqualTo(expected);
            }
        }
    }
}
