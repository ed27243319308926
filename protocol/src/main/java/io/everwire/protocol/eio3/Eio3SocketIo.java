package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Socket.IO on top of Engine.IO: the packets of namespaces that the client has joined, as {@link Eio3Namespaces} knows. */
final class Eio3SocketIo implements Eio3Layer {
    private final SessionListener listener;
    private final Consumer<Encoded> answers;
    private final Eio3Decoder decoder;
    private final Eio3Namespaces namespaces = new Eio3Namespaces();

    /** See {@link Eio3Layer.Factory}. */
    Eio3SocketIo(SessionOptions options, SessionListener listener, Consumer<Encoded> answers) {
        this.listener = listener;
        this.answers = answers;
        this.decoder = new Eio3Decoder(options);
    }

    /** This generation's clients are in the main namespace without asking. */
    @Override
    public void start() {
        namespaces.request(Packet.ROOT);
        listener.packet(new Packet.Connect(Packet.ROOT, null));
    }

    @Override
    public void text(Bytes message) {
        deliver(decoder.text(message));
    }

    @Override
    public void binary(Bytes message) {
        deliver(decoder.binary(message));
    }

    @Override
    public boolean awaitsAttachments() {
        return decoder.awaitsAttachments();
    }

    @Override
    public int sent(Encoded packet) {
        return namespaces.sent(packet.text());
    }

    private void deliver(@Nullable Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            receiveConnect(connect);
        } else if (packet != null && namespaces.knows(packet.namespace())) {
            if (packet instanceof Packet.Disconnect) {
                namespaces.leave(packet.namespace());
            }
            listener.packet(packet);
        }
    }

    private void receiveConnect(Packet.Connect packet) {
        if (namespaces.isJoined(packet.namespace())) {
            answers.accept(Eio3Encoder.encode(packet));
        } else if (namespaces.request(packet.namespace())) {
            listener.packet(packet);
        }
    }
}
