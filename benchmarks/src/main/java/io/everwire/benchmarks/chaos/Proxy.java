package io.everwire.benchmarks.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TCP proxy in front of Redis, which delays bytes or keeps them back. */
final class Proxy implements AutoCloseable {
    private static final int CHUNK = 65_536;

    /** The chunks that wait in one direction; more are not read from the socket. */
    private static final int MOST_CHUNKS = 256;

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares chunks.
    private record Chunk(byte[] bytes, long dueNanos) {}

    private final ServerSocket door;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile long delayMillis;
    private volatile boolean keepsRequests;
    private volatile boolean keepsAnswers;
    private volatile boolean closed;

    /** @param target the port of Redis */
    Proxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    /** Delays each byte in both directions. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** Keeps back the bytes to Redis. */
    void keepRequests(boolean keeps) {
        keepsRequests = keeps;
    }

    /** Keeps back the bytes from Redis. */
    void keepAnswers(boolean keeps) {
        keepsAnswers = keeps;
    }

    private void accept() {
        try {
            while (!closed) {
                Socket client = door.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(redis);
                pass(client, redis, true);
                pass(redis, client, false);
            }
        } catch (IOException ended) {
            close();
        }
    }

    private void pass(Socket from, Socket to, boolean requests) {
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(MOST_CHUNKS);
        start("proxy-in", () -> {
            try {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[CHUNK];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
                    queue.put(new Chunk(java.util.Arrays.copyOf(buffer, length), due));
                }
            } catch (IOException | InterruptedException ended) {
                // Both ends are closed below.
            }
            end(from, to);
        });
        start("proxy-out", () -> {
            try {
                OutputStream out = to.getOutputStream();
                while (!closed && !to.isClosed()) {
                    Chunk chunk = queue.poll(100, TimeUnit.MILLISECONDS);
                    if (chunk != null) {
                        while (requests ? keepsRequests : keepsAnswers) {
                            Pause.millis(5);
                        }
                        long wait = chunk.dueNanos() - System.nanoTime();
                        if (wait > 0) {
                            Pause.nanos(wait);
                        }
                        out.write(chunk.bytes());
                    }
                }
            } catch (IOException | InterruptedException ended) {
                end(from, to);
            }
        });
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Socket... both) {
        for (Socket socket : both) {
            try {
                socket.close();
            } catch (IOException alreadyClosed) {
                // Nothing to do.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            door.close();
        } catch (IOException alreadyClosed) {
            // Nothing to do.
        }
        end(sockets.toArray(new Socket[0]));
    }
}
