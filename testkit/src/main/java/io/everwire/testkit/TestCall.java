package io.everwire.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that a {@link TestClient} emitted and wants an answer to. */
public final class TestCall {
    private final TestClient client;
    private final long ackId;

    TestCall(TestClient client, long ackId) {
        this.client = client;
        this.ackId = ackId;
    }

    /** How many answers came: never more than one, if the server does its work. */
    public int answers() {
        return client.acks(ackId).size();
    }

    /** Whether the answer came. */
    public boolean answered() {
        return answers() > 0;
    }

    /**
     * The arguments of the answer.
     *
     * @throws AssertionError if there is none
     */
    public List<@Nullable Object> answer() {
        List<List<@Nullable Object>> answers = client.acks(ackId);
        if (answers.isEmpty()) {
            throw new AssertionError("the server has not answered");
        }
        return answers.get(0);
    }

    /** Waits, in real time, for an answer that a thread of a handler gives. */
    public TestCall await() {
        client.connection().await("the answer", this::answered);
        return this;
    }
}
