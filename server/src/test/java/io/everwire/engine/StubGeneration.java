package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Claim;
import io.everwire.protocol.CloseReason;
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
import io.everwire.protocol.WebSocketLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A generation whose sessions record their calls and run a reaction of the test at each call. */
final class StubGeneration implements Generation {
    /** The calls of all sessions. */
    final List<String> told;

    /** The sessions that were opened. */
    final List<StubSession> sessions = new ArrayList<>();

    /** Runs at each call of a session with its record. */
    Consumer<String> reaction = call -> {};

    int written;

    /** The result of {@code writable} and {@code waiting} of all sessions. */
    boolean writable = true;

    int queued;

    private final String name;

    StubGeneration(String name, List<String> told) {
        this.name = name;
        this.told = told;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@code /name} opens a session, {@code /name/sid} resumes one, {@code /name!} is rejected. */
    @Override
    public @Nullable Claim claim(RequestHead head, String rest, SessionOptions options) {
        if (rest.equals("/" + name + "!")) {
            return new Claim.Refuse(Refusal.BAD_REQUEST);
        }
        if (rest.startsWith("/" + name + "/")) {
            return new Claim.Resume(rest.substring(name.length() + 2));
        }
        return rest.equals("/" + name) ? new Claim.Open() : null;
    }

    @Override
    public void refuse(Exchange exchange, Refusal refusal, @Nullable String message) {
        exchange.reply(new Response(400, List.of(), Bytes.utf8(refusal.name())));
    }

    @Override
    public Session open(String sid, RequestHead head, SessionListener listener, SessionOptions options, long now) {
        StubSession session = new StubSession(listener);
        sessions.add(session);
        return session;
    }

    @Override
    public boolean acks() {
        return true;
    }

    @Override
    public Encoded encode(Packet packet) {
        written++;
        reaction.accept("encode");
        return Encoded.text(Bytes.utf8(name));
    }

    /** A session that records its calls. */
    final class StubSession implements Session {
        final SessionListener listener;

        StubSession(SessionListener listener) {
            this.listener = listener;
        }

        @Override
        public void request(Exchange exchange, long now) {
            tell("request " + exchange);
        }

        @Override
        public void body(Exchange exchange, Bytes body, long now) {
            tell("body " + body);
        }

        @Override
        public void oversized(Exchange exchange, long now) {
            tell("oversized");
        }

        @Override
        public void gone(Exchange exchange, long now) {
            tell("gone");
        }

        @Override
        public void lineOpened(WebSocketLine line, long now) {
            tell("opened " + line);
        }

        @Override
        public void text(WebSocketLine line, Bytes message, long now) {
            tell("text " + message);
        }

        @Override
        public void binary(WebSocketLine line, Bytes message, long now) {
            tell("binary " + message);
        }

        @Override
        public void lineClosed(WebSocketLine line, CloseReason reason, long now) {
            tell("closed " + line);
        }

        @Override
        public void send(Encoded encoded, long now) {
            tell("send " + encoded.text());
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public int waiting() {
            return queued;
        }

        @Override
        public void tick(long now) {
            tell("tick " + now);
        }

        @Override
        public void close(CloseReason reason, long now) {
            tell("close: " + reason);
            listener.closed(reason);
        }

        private void tell(String call) {
            told.add(call);
            reaction.accept(call);
        }
    }
}
