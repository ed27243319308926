package io.everwire.protocol.eio3;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Encoded;
import io.everwire.protocol.Packet;
import io.everwire.protocol.SessionListener;
import io.everwire.protocol.SessionOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO on top of Engine.IO. It delivers packets for namespaces that the client has joined; {@link Eio3Namespaces}
 * knows them.
 */
final class Eio3SocketIo implements Eio3Layer {
    private final SessionListener listener;
    private final Consumer<Encoded> answers;
    private final Eio3Decoder decoder;
    private final Eio3Namespaces namespaces = new Eio3Namespaces();

    /** Creates the layer, as {@link Eio3Layer.Factory}. */
    Eio3SocketIo(SessionOptions options, SessionListener listener, Consumer<Encoded> answers) {
        this.listener = listener;
        this.answers = answers;
        this.decoder = new Eio3Decoder(options);
    }

    /** Reports that the client joins the main namespace, in which it is without asking. */
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
    public int incomplete() {
        return decoder.incomplete();
    }

    @Override
    public int sent(Encoded packet) {
        return namespaces.sent(packet.text());
    }

    /** Reports a packet, unless it is for a namespace that the server does not know the client in. */
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

    /** Reports a request to join, or answers it here if the client has joined already. */
    private void receiveConnect(Packet.Connect packet) {
        if (namespaces.isJoined(packet.namespace())) {
            answers.accept(Eio3Encoder.encode(packet));
        } else if (namespaces.request(packet.namespace())) {
            listener.packet(packet);
        }
    }
}
