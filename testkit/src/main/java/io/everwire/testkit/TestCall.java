package io.everwire.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that a {@link TestClient} emitted with a request for an ack. */
public final class TestCall {
    private final TestClient client;
    private final long ackId;

    TestCall(TestClient client, long ackId) {
        this.client = client;
        this.ackId = ackId;
    }

    /** Returns the number of acks received: never more than one, if the server is correct. */
    public int answers() {
        return client.acks(ackId).size();
    }

    /** Returns whether the ack was received. */
    public boolean answered() {
        return answers() > 0;
    }

    /**
     * Returns the arguments of the ack.
     *
     * @throws AssertionError if none was received
     */
    public List<@Nullable Object> answer() {
        List<List<@Nullable Object>> answers = client.acks(ackId);
        if (answers.isEmpty()) {
            throw new AssertionError("the server has not answered");
        }
        return answers.get(0);
    }

    /** Waits, in real time, for an ack that a handler thread sends. */
    public TestCall await() {
        client.connection().await("the answer", this::answered);
        return this;
    }
}
