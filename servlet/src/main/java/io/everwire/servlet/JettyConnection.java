package io.everwire.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Jetty that is a WebSocket. The strand waits for data of a plain one; Jetty does with TLS, and calls one of its
 * threads.
 */
final class JettyConnection extends AbstractConnection implements Connection.UpgradeTo, FrameConnection {
    private final FrameLine line;
    private final Strand strand;
    private final Callback fillable = Callback.from(this::onFillable, this::onFillInterestedFailed);

    /** The bytes that Jetty has read with the request. */
    private byte[] early = {};

    private int earlyRead;

    /** Jetty writes what was left of the last write. */
    private boolean writing;

    JettyConnection(EndPoint endPoint, Executor executor, FrameLine line) {
        super(endPoint, executor);
        this.line = line;
        this.strand = line.eventLoop();
    }

    // From Jetty

    /** {@inheritDoc} Called before {@link #onOpen}. */
    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        early = new byte[buffer.remaining()];
        buffer.get(early);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // The server has its own timeouts.
        getEndPoint().setIdleTimeout(0);
        line.open(this);
        if (channel() == null) {
            onFillable();
        }
    }

    @Override
    public void onFillable() {
        if (line.readable()) {
            awaitData();
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        line.disconnected();
        close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        line.disconnected();
    }

    // From the line, on the strand

    @Override
    public int read(byte[] to) throws IOException {
        int left = early.length - earlyRead;
        if (left > 0) {
            int length = Math.min(left, to.length);
            System.arraycopy(early, earlyRead, to, 0, length);
            earlyRead += length;
            return length;
        }
        // Jetty appends to the content of a buffer, which is none here.
        return getEndPoint().fill(ByteBuffer.wrap(to).limit(0));
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return getEndPoint() instanceof SocketChannelEndPoint plain ? plain.getChannel() : null;
    }

    @Override
    public boolean buffers() {
        return channel() == null || earlyRead < early.length;
    }

    /** {@inheritDoc} Does nothing if Jetty waits already: a strand that reads on may ask before the thread that has read. */
    @Override
    public void awaitData() {
        tryFillInterested(fillable);
    }

    @Override
    public boolean write(byte[] from, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        if (getEndPoint().flush(bytes)) {
            return true;
        }
        writing = true;
        getEndPoint().write(Callback.from(this::written, this::notWritten), bytes);
        return false;
    }

    private void written() {
        strand.execute(() -> {
            writing = false;
            line.writePossible();
        });
    }

    private void notWritten(Throwable failure) {
        line.disconnected();
        close();
    }

    @Override
    public boolean flush() {
        return !writing;
    }

    @Override
    public void shutdownOutput() {
        getEndPoint().shutdownOutput();
    }

    @Override
    public void close() {
        getEndPoint().close();
    }
}
