package io.everwire.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that writes the bytes of one call of {@link #send} together, also if they are several records of TLS: a server that closes the
 * connection in the middle would make the rest of the bytes fail.
 */
final class GatheringSocket extends Socket {
    private @Nullable Gathered output;

    /** Writes to {@code target}, which is this socket or one with TLS on it. */
    void send(Socket target, byte[] bytes) throws IOException {
        OutputStream out = target.getOutputStream();
        Gathered gathered = getOutputStream();
        gathered.begin();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            gathered.end();
        }
    }

    @Override
    public synchronized Gathered getOutputStream() throws IOException {
        if (output == null) {
            output = new Gathered(super.getOutputStream());
        }
        return output;
    }

    /** The bytes on their way to the connection. */
    static final class Gathered extends OutputStream {
        private final OutputStream connection;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean begun;

        Gathered(OutputStream connection) {
            this.connection = connection;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] from, int offset, int length) throws IOException {
            if (begun) {
                bytes.write(from, offset, length);
            } else {
                connection.write(from, offset, length);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }

        synchronized void begin() {
            begun = true;
        }

        synchronized void end() throws IOException {
            begun = false;
            byte[] all = bytes.toByteArray();
            bytes.reset();
            if (all.length > 0) {
                connection.write(all);
            }
        }
    }
}
