package io.everwire.testkit;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import io.everwire.protocol.Refusal;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;
import io.everwire.protocol.Session;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import io.everwire.protocol.text.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The generation of {@link TestConnection}: packets on one WebSocket, and nothing else. Tests of handlers need no real
 * generation, and do not change when one is added or removed.
 */
final class TestGeneration implements Generation {
    static final TestGeneration WITH_ACKS = new TestGeneration("testkit", true);
    static final TestGeneration WITHOUT_ACKS = new TestGeneration("testkit-without-acks", false);

    /** The parameter of the query that holds the name of a generation. */
    static final String PARAMETER = "testkit";

    private final String name;
    private final boolean acks;

    private TestGeneration(String name, boolean acks) {
        this.name = name;
        this.acks = acks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        return name.equals(Query.value(rest, PARAMETER)) ? new Claim.Open() : null;
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        exchange.reply(new Response(refusal == Refusal.OVERLOADED ? 503 : 403, List.of(), Bytes.utf8(refusal.name())));
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new TestSession(listener);
    }

    @Override
    public boolean acks() {
        return acks;
    }

    @Override
    public Encoded encode(Packet packet) {
        return TestWire.encode(packet);
    }
}
