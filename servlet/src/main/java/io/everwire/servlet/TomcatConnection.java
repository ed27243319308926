package io.everwire.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** A connection of Tomcat. With its connector NIO the strand waits for data, with others Tomcat does. */
final class TomcatConnection implements FrameConnection {
    private final SocketWrapperBase<?> socket;
    private final @Nullable SelectableChannel channel;
    private final boolean plain;

    /** The output ended, and the rest of the input is discarded. */
    private boolean ended;

    TomcatConnection(SocketWrapperBase<?> socket) {
        this.socket = socket;
        this.channel = socket.getSocket() instanceof NioChannel nio ? nio.getIOChannel() : null;
        this.plain = channel != null && !(socket.getSocket() instanceof SecureNioChannel);
    }

    @Override
    public int read(byte[] to) throws IOException {
        if (ended && !plain && channel instanceof ReadableByteChannel encrypted) {
            // Tomcat reads no record of TLS after it has sent the last one.
            return encrypted.read(ByteBuffer.wrap(to));
        }
        return socket.read(false, ByteBuffer.wrap(to));
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return channel;
    }

    @Override
    public boolean buffers() {
        return !plain;
    }

    @Override
    public void awaitData() {
        socket.registerReadInterest();
    }

    @Override
    public boolean write(byte[] from, int offset, int length) throws IOException {
        socket.write(false, from, offset, length);
        return flush();
    }

    @Override
    public boolean flush() throws IOException {
        if (socket.flush(false)) {
            socket.registerWriteInterest();
            return false;
        }
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (socket.getSocket() instanceof NioChannel nio) {
            ended = true;
            if (!plain) {
                // Sends the last record of TLS, and leaves the connection open.
                nio.close();
            }
            nio.getIOChannel().shutdownOutput();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
