package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.testkit.TestServer;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import org.junit.jupiter.api.Test;

/** Results of functions in Kotlin. */
class KotlinResultsTest {
    @Test
    void theAckOfAFunctionWithoutAResultIsEmpty() {
        TestServer test = TestServer.create();
        test.server().onCall("touch", socket -> Unit.INSTANCE);
        test.server().onCall("later", socket -> CompletableFuture.completedFuture(Unit.INSTANCE));

        assertThat(test.connect().emitWithAck("touch").answer()).isEmpty();
        assertThat(test.connect().emitWithAck("later").answer()).isEmpty();
    }
}
