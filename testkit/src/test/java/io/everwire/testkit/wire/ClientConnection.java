package io.everwire.testkit.wire;

import io.everwire.protocol.Bytes;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One TCP connection of a transcript, for one request or one WebSocket. Used by the player's thread only. */
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

    /** Returns the outputs that were not matched yet. */
    Deque<Output> outputs() {
        return outputs;
    }

    /** Returns whether the connection became a WebSocket. */
    boolean webSocket() {
        return webSocket;
    }

    /** Returns whether the server closed the connection. */
    boolean ended() {
        return ended;
    }

    /** Returns whether a frame was answered automatically since the last call. */
    boolean replied() {
        boolean since = replied;
        replied = false;
        return since;
    }

    /** Writes all bytes. If the server has closed the connection they are lost; the next read notices. */
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

    /** Sends a message on the WebSocket. */
    void send(boolean text, Bytes message) {
        send(ClientText.frame(text ? ClientText.TEXT : ClientText.BINARY, message.toByteArray()));
    }

    /** Sends a close frame without a code, as browsers do. The server's answer to it is no output. */
    void sendClose() {
        reader.forget();
        send(ClientText.frame(ClientText.CLOSE, new byte[0]));
    }

    /** Reads the bytes that have arrived. */
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

    /** Closes the connection. */
    void leave() throws IOException {
        channel.close();
    }

    /** Closes the connection with a reset, as the system does for a killed process with unread bytes. */
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
