package io.everwire.testkit.host.eio4;

import io.everwire.testkit.host.RawPeer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many WebSockets that have joined {@code /}, read by one thread. Each answers the event {@code n}, whose numbers must begin with 0 and
 * have no gap, with the event {@code got} and the number.
 */
public final class ManyPeers implements AutoCloseable {
    /** The largest number of connections that are not joined yet: a container has a short queue of them. */
    private static final int OPENING = 100;

    private static final int LARGEST_HEAD = 1_024;
    private static final byte[] REQUEST = ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                    + RawPeer.upgrade(13) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final long TIMEOUT_SECONDS = 120;

    private final InetSocketAddress address;
    private final int count;
    private final int messages;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "many-peers");
    private final CountDownLatch joined;
    private final CountDownLatch complete;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final List<SocketChannel> channels = new ArrayList<>();
    private volatile boolean closed;

    private ManyPeers(InetSocketAddress address, int count, int messages) throws IOException {
        this.address = address;
        this.count = count;
        this.messages = messages;
        this.joined = new CountDownLatch(count);
        this.complete = new CountDownLatch(count);
        this.selector = Selector.open();
    }

    /**
     * Opens the WebSockets; returns when all of them have joined.
     *
     * @param messages the number of events {@code n} that each will receive
     */
    public static ManyPeers join(InetSocketAddress address, int count, int messages) throws Exception {
        ManyPeers peers = new ManyPeers(address, count, messages);
        peers.thread.start();
        peers.await(peers.joined, "joined");
        return peers;
    }

    /** Returns when each has received all its events. */
    public void awaitMessages() throws Exception {
        await(complete, "received all events");
    }

    private void await(CountDownLatch latch, String what) throws Exception {
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(latch.getCount() + " of " + count + " peers have not " + what);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        CompletableFuture.anyOf(done, failure).get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        try (selector) {
            int opened = 0;
            while (!closed) {
                while (opened < count && opened - (count - joined.getCount()) < OPENING) {
                    open();
                    opened++;
                }
                selector.select(key -> {
                    try {
                        ((One) key.attachment()).ready(key);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure.completeExceptionally(e);
        } finally {
            for (SocketChannel channel : channels) {
                closeQuietly(channel);
            }
        }
    }

    private void open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channels.add(channel);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(address);
        channel.register(selector, SelectionKey.OP_CONNECT, new One(channel));
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The test has its results.
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    }

    /** One peer. Its messages have fewer than 126 bytes. */
    private final class One {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(LARGEST_HEAD);
        private final Deque<ByteBuffer> out = new ArrayDeque<>(2);
        private boolean upgraded;
        private int next;

        One(SocketChannel channel) {
            this.channel = channel;
        }

        void ready(SelectionKey key) throws IOException {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                send(ByteBuffer.wrap(REQUEST), key);
            } else if (key.isWritable()) {
                flush(key);
            }
            if (key.isReadable()) {
                read(key);
            }
        }

        private void read(SelectionKey key) throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("the connection of a peer ended after " + next + " events");
            }
            in.flip();
            boolean more = true;
            while (more) {
                more = upgraded ? frame(key) : head();
            }
            in.compact();
        }

        private boolean head() {
            String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 101")) {
                throw new AssertionError(text);
            }
            in.position(in.position() + end + 4);
            upgraded = true;
            return true;
        }

        private boolean frame(SelectionKey key) throws IOException {
            if (in.remaining() < 2) {
                return false;
            }
            int length = in.get(in.position() + 1);
            int start = 2;
            if (length == 126) {
                if (in.remaining() < 4) {
                    return false;
                }
                length = in.getShort(in.position() + 2);
                start = 4;
            }
            if (in.remaining() < start + length) {
                return false;
            }
            byte[] payload = new byte[length];
            int first = in.get(in.position()) & 0xFF;
            in.position(in.position() + start).get(payload);
            if (first != 0x81) {
                throw new AssertionError("a frame that begins with " + first + " after " + next + " events");
            }
            message(new String(payload, StandardCharsets.UTF_8), key);
            return true;
        }

        private void message(String text, SelectionKey key) throws IOException {
            if (text.startsWith("0{")) {
                send(masked("40"), key);
            } else if (text.startsWith("40{")) {
                joined.countDown();
            } else if (text.equals("2")) {
                send(masked("3"), key);
            } else {
                if (!text.equals("42[\"n\"," + next + "]") || next == messages) {
                    throw new AssertionError("expected event " + next + " of " + messages + ", not " + text);
                }
                send(masked("42[\"got\"," + next + "]"), key);
                next++;
                if (next == messages) {
                    complete.countDown();
                }
            }
        }

        private ByteBuffer masked(String text) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            // A mask of zeros leaves the payload as it is.
            return ByteBuffer.allocate(6 + payload.length)
                    .put((byte) 0x81)
                    .put((byte) (0x80 | payload.length))
                    .putInt(0)
                    .put(payload)
                    .flip();
        }

        private void send(ByteBuffer bytes, SelectionKey key) throws IOException {
            out.add(bytes);
            flush(key);
        }

        private void flush(SelectionKey key) throws IOException {
            @Nullable ByteBuffer first = out.peek();
            while (first != null) {
                channel.write(first);
                if (first.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                out.remove();
                first = out.peek();
            }
            key.interestOps(SelectionKey.OP_READ);
        }
    }
}
