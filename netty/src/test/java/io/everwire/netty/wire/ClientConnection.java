package io.everwire.netty.wire;

import io.everwire.protocol.Bytes;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One TCP connection of a transcript, for one request or one WebSocket. Its thread is the player's. */
final class ClientConnection implements AnswerReader.Peer {
    private static final int READ = 64 * 1024;

    private final SocketChannel channel;
    private final AnswerReader reader;
    private final Deque<Output> outputs = new ArrayDeque<>();
    private boolean webSocket;
    private boolean ended;
    private boolean replied;

    /** @param bodiless as for {@link AnswerReader} */
    ClientConnection(SocketChannel channel, boolean bodiless) {
        this.channel = channel;
        this.reader = new AnswerReader(this, bodiless);
    }

    /** What came and was not matched yet. */
    Deque<Output> outputs() {
        return outputs;
    }

    /** Whether it became a WebSocket. */
    boolean webSocket() {
        return webSocket;
    }

    /** Whether the server has closed it. */
    boolean ended() {
        return ended;
    }

    /** Whether the server was answered by itself since the last time this was asked. */
    boolean replied() {
        boolean since = replied;
        replied = false;
        return since;
    }

    /** Writes all of it. What the server no longer takes is lost: reading will tell. */
    void send(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            while (rest.hasRemaining()) {
                if (channel.write(rest) == 0) {
                    Thread.onSpinWait();
                }
            }
        } catch (IOException closed) {
            ended = true;
        }
    }

    /** A message on the WebSocket. */
    void send(boolean text, Bytes message) {
        send(ClientText.frame(text ? ClientText.TEXT : ClientText.BINARY, message.toByteArray()));
    }

    /** A close frame, without a code, as browsers send it; the server's answer to it is no output. */
    void sendClose() {
        reader.forget();
        send(ClientText.frame(ClientText.CLOSE, new byte[0]));
    }

    /** Takes what arrived. */
    void receive() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(READ);
        int count;
        try {
            count = channel.read(bytes);
        } catch (IOException reset) {
            count = -1;
        }
        if (count < 0) {
            ended = true;
            channel.close();
            reader.end();
        } else {
            reader.read(bytes.flip());
        }
    }

    /** Goes away. */
    void leave() throws IOException {
        channel.close();
    }

    /** Goes away with a reset, as a process does that is killed with bytes unread. */
    void abort() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void output(String text, @Nullable HttpAnswer answer) {
        webSocket |= text.equals("open");
        outputs.add(new Output(text, answer, System.nanoTime()));
    }

    @Override
    public void control(int opcode, byte[] payload) {
        replied = true;
        send(ClientText.frame(opcode, payload));
    }
}
