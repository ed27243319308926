package io.everwire.testkit.wire;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.wire.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses the bytes that a server sends on one connection: the response to one request, whole or streamed, or the frames
 * of a WebSocket. Does no I/O: the caller adds bytes as they arrive.
 */
final class AnswerReader {
    /** RFC 6455, section 7.1.5: "the connection closed without a close frame", never sent. */
    private static final int ABNORMAL = 1006;

    private static final int NO_STATUS = 1005;

    private enum State {
        HEAD,
        BODY,
        CHUNKS,
        FRAMES,
        /** No further output is due. */
        OVER
    }

    /** Receives the outputs of a connection. */
    interface Peer {
        /** Called with an output that a transcript may expect; {@code answer} is null unless it is a response. */
        void output(String text, @Nullable HttpAnswer answer);

        /** Called with a frame that must be answered: its opcode and payload. */
        void control(int opcode, byte[] payload);
    }

    private final Peer peer;
    private final boolean bodiless;
    private final Incoming incoming = new Incoming();
    private State state = State.HEAD;
    private @Nullable HttpAnswer answer;
    private int chunk = -1;

    /** The line end behind a chunk has not arrived. Jetty sends it with the next chunk, which a client does not wait for. */
    private boolean betweenChunks;

    /** @param bodiless whether the request was a HEAD, whose response has no body in spite of its headers */
    AnswerReader(Peer peer, boolean bodiless) {
        this.peer = peer;
        this.bodiless = bodiless;
    }

    /** Adds bytes that arrived. */
    void read(ByteBuffer bytes) {
        incoming.add(bytes);
        boolean more = true;
        while (more) {
            more = switch (state) {
                case HEAD -> head();
                case BODY -> body();
                case CHUNKS -> chunk();
                case FRAMES -> frame();
                case OVER -> tooMuch();
            };
        }
    }

    /** Called when the connection ended or was reset. */
    void end() {
        switch (state) {
            case HEAD -> peer.output(incoming.size() == 0 ? "drop" : "closed within a head", null);
            case BODY -> peer.output("closed within a body", null);
            case CHUNKS -> peer.output("drop", null);
            case FRAMES -> peer.output("close " + ABNORMAL, null);
            case OVER -> {
                // The response is complete: the end of the connection is no output.
            }
        }
        state = State.OVER;
    }

    /** Ignores further bytes, because the client closed its WebSocket. */
    void forget() {
        state = State.OVER;
    }

    private boolean head() {
        String head = incoming.takeUntil("\r\n\r\n");
        if (head == null) {
            return false;
        }
        HttpAnswer begun = HttpAnswer.parse(head);
        if (begun.status() == 101) {
            boolean accepted = begun.has("Sec-WebSocket-Accept", ClientText.ACCEPT);
            peer.output(accepted ? "open" : "open, but not accepted: " + begun, null);
            state = State.FRAMES;
        } else if (begun.stream()) {
            peer.output(begun.toString(), begun);
            state = State.CHUNKS;
        } else if (begun.status() != 100) {
            answer = begun;
            state = State.BODY;
        }
        return true;
    }

    private boolean body() {
        HttpAnswer begun = Objects.requireNonNull(answer);
        String length = begun.header("Content-Length");
        byte[] body = incoming.take(bodiless || length == null ? 0 : Integer.parseInt(length));
        if (body == null) {
            return false;
        }
        HttpAnswer whole = begun.with(body);
        peer.output(whole.toString(), whole);
        state = State.OVER;
        return true;
    }

    private boolean chunk() {
        if (betweenChunks) {
            return lineEnd();
        }
        if (chunk < 0) {
            String size = incoming.takeUntil("\r\n");
            if (size == null) {
                return false;
            }
            chunk = Integer.parseInt(size, 16);
        }
        byte[] piece = incoming.take(chunk);
        if (piece == null) {
            return false;
        }
        if (chunk > 0) {
            peer.output(text(piece), null);
        }
        betweenChunks = true;
        return true;
    }

    private boolean lineEnd() {
        byte[] end = incoming.take(2);
        if (end == null) {
            return false;
        }
        if (end[0] != '\r' || end[1] != '\n') {
            peer.output("no line end behind a chunk: " + text(end), null);
            state = State.OVER;
        } else if (chunk == 0) {
            peer.output("end", null);
            state = State.OVER;
        }
        chunk = -1;
        betweenChunks = false;
        return true;
    }

    private boolean frame() {
        int size = incoming.size();
        int extended = size < 2 ? 0 : incoming.at(1) == 126 ? 2 : incoming.at(1) == 127 ? 8 : 0;
        int header = 2 + extended;
        if (size < header) {
            return false;
        }
        long length = extended == 0 ? incoming.at(1) : 0;
        for (int i = 2; i < header; i++) {
            length = length << 8 | incoming.at(i);
        }
        if (size < header + length) {
            return false;
        }
        byte[] frame = Objects.requireNonNull(incoming.take(header + (int) length));
        frame(frame[0] & 0xFF, Arrays.copyOfRange(frame, header, frame.length));
        return true;
    }

    /** @param first the opcode and the flag of a last fragment, which the server sets on every frame */
    private void frame(int first, byte[] payload) {
        switch (first) {
            case ClientText.FIN | ClientText.TEXT -> peer.output(text(payload), null);
            case ClientText.FIN | ClientText.BINARY ->
                peer.output(new Step.Body(null, Bytes.of(payload)).toString(), null);
            case ClientText.FIN | ClientText.CLOSE -> {
                state = State.OVER;
                int code = payload.length < 2 ? NO_STATUS : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                peer.output("close " + code, null);
                peer.control(ClientText.CLOSE, payload);
            }
            case ClientText.FIN | ClientText.PING -> peer.control(ClientText.PONG, payload);
            default -> peer.output("frame " + Integer.toHexString(first) + " " + text(payload), null);
        }
    }

    private boolean tooMuch() {
        byte[] rest = Objects.requireNonNull(incoming.take(incoming.size()));
        if (rest.length > 0 && answer != null) {
            peer.output("more than an answer: " + text(rest), null);
        }
        return false;
    }

    private static String text(byte[] utf8) {
        return new Step.Body(Bytes.of(utf8).toString(), null).toString();
    }
}
