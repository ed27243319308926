package io.everwire.testkit.host;

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
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A generation for tests of hosts. The last segment of the path is a command to the session; see {@link EchoSession}.
 */
final class EchoGeneration implements Generation {
    private static final Set<String> COMMANDS = Set.of(
            "head", "body", "ignore", "hold", "drop", "large", "worth", "empty", "header", "stream", "misuse", "ws");

    private final Consumer<String> events;
    private final Set<String> commands;
    private final boolean drafts;

    private EchoGeneration(Consumer<String> events, Set<String> commands, boolean drafts) {
        this.events = events;
        this.commands = commands;
        this.drafts = drafts;
    }

    /**
     * Returns a generation with all commands and with WebSockets of the drafts.
     *
     * @param events receives the events of sessions, on any thread
     */
    static EchoGeneration of(Consumer<String> events) {
        return new EchoGeneration(events, COMMANDS, true);
    }

    /** Returns a generation that has the command {@code wsNow}, a WebSocket, and no drafts. */
    static EchoGeneration withoutDrafts(Consumer<String> events) {
        return new EchoGeneration(events, Set.of("wsNow"), false);
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        String command = command(rest);
        if (drafts && command.equals("refused")) {
            return new Claim.Refuse(Refusal.FORBIDDEN);
        }
        if (drafts && command.equals("resume")) {
            return new Claim.Resume(rest.substring(rest.indexOf('?') + 1));
        }
        return commands.contains(command) ? new Claim.Open() : null;
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        exchange.reply(answer(403, Bytes.utf8(refusal.name())));
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        return new EchoSession(sid, listener, events);
    }

    @Override
    public boolean acks() {
        return false;
    }

    @Override
    public boolean drafts() {
        return drafts;
    }

    @Override
    public Encoded encode(Packet packet) {
        return Encoded.NOTHING;
    }

    /** Returns the last segment of the path. */
    static String command(String rest) {
        int query = rest.indexOf('?');
        String path = query < 0 ? rest : rest.substring(0, query);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static Response answer(int status, Bytes body) {
        return new Response(status, List.of("Content-Type", "text/plain"), body);
    }
}
