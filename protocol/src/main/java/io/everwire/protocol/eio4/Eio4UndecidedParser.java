package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import org.jspecify.annotations.Nullable;

/**
 * The parser of a client that has not said anything yet; its first message tells which it has: the default one begins with text,
 * always, because whoever joins no namespace may say nothing else; msgpack knows nothing but binary. So one server serves both.
 */
final class Eio4UndecidedParser implements Eio4Parser {
    /** Text with JSON, binary data after it (socket.io-parser). */
    static final String DEFAULT = "default";

    /** Binary messages, binary data inside (socket.io-msgpack-parser). */
    static final String MSGPACK = "msgpack";

    private final SessionOptions options;

    Eio4UndecidedParser(SessionOptions options) {
        this.options = options;
    }

    /** A client whose parser is not served has the other, which cannot read it. */
    @Override
    public Eio4Parser select(boolean text) {
        boolean msgpack = text ? !options.parses(DEFAULT) : options.parses(MSGPACK);
        return msgpack ? new Eio4Msgpack(options) : new Eio4Decoder(options);
    }

    @Override
    public @Nullable Packet text(Bytes message) {
        return select(true).text(message);
    }

    @Override
    public @Nullable Packet binary(Bytes message) {
        return select(false).binary(message);
    }

    @Override
    public boolean awaitsAttachments() {
        return false;
    }

    /** Nothing is sent to a client that has said nothing, but for what every client reads. */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }
}
