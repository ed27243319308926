package io.everwire.protocol.eio4;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionOptions;
import org.jspecify.annotations.Nullable;

/**
 * The parser of a client that has not sent a message yet. Its first message selects the parser, so that one server
 * serves both:
 *
 * <ul>
 *   <li>text is the default parser: its clients must join a namespace first, which is a text;
 *   <li>binary is msgpack, which sends nothing else.
 * </ul>
 */
final class Eio4UndecidedParser implements Eio4Parser {
    /** The name of socket.io-parser: text with JSON, binary data behind it. */
    static final String DEFAULT = "default";

    /** The name of socket.io-msgpack-parser: binary messages, binary data inside. */
    static final String MSGPACK = "msgpack";

    private final SessionOptions options;

    Eio4UndecidedParser(SessionOptions options) {
        this.options = options;
    }

    /** {@inheritDoc} If the client's parser is not served, the other one is returned, which rejects the message. */
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

    /** Returns 0: no message was received. */
    @Override
    public int incomplete() {
        return 0;
    }

    /** Returns {@code encoded} unchanged. A client that has sent nothing receives only what every client reads. */
    @Override
    public Encoded encodeFor(Encoded encoded) {
        return encoded;
    }
}
