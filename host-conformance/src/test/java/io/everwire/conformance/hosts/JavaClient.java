package io.everwire.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The official Java client. */
final class JavaClient implements HostedClient {
    private static final long TIMEOUT_SECONDS = 60;

    private final String[] transports;
    private final BlockingQueue<Object> echoes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();
    private @Nullable Socket client;

    JavaClient(String... transports) {
        this.transports = transports;
    }

    @Override
    public String title() {
        return "2.1.2 (Java) | JVM";
    }

    @Override
    public String way() {
        return transports.length > 1 ? "upgrade" : transports[0];
    }

    @Override
    public void open(int port) {
        Socket opened = IO.socket(
                URI.create("http://127.0.0.1:" + port),
                IO.Options.builder()
                        .setTransports(transports)
                        .setForceNew(true)
                        .setReconnectionDelay(100)
                        .setReconnectionDelayMax(500)
                        .build());
        opened.on("echo", arguments -> echoes.add(arguments[0]));
        opened.on("bytes", arguments -> echoes.add(arguments[0]));
        opened.on("news", arguments -> news.add(arguments[0]));
        opened.on("ask", arguments -> ((Ack) arguments[arguments.length - 1]).call("answer to"));
        opened.connect();
        client = opened;
    }

    private Socket client() {
        return Objects.requireNonNull(client);
    }

    @Override
    public void awaitConnected(io.everwire.Socket socket) {
        Eventually.is(() -> client().connected(), true);
        Eventually.is(socket::transport, transports[transports.length - 1]);
    }

    @Override
    public void echo(String text) {
        client().emit("echo", text);
        assertThat(next(echoes)).isEqualTo(text);
    }

    @Override
    public void echo(byte[] bytes) {
        client().emit("bytes", (Object) bytes);
        assertThat(next(echoes)).isEqualTo(bytes);
    }

    @Override
    public String call(String text) {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        client().emit("turn", new Object[] {text}, arguments -> answers.add(arguments[0]));
        return (String) next(answers);
    }

    @Override
    public void hear(String text) {
        assertThat(next(news)).isEqualTo(text);
    }

    @Override
    public void close() {
        client().disconnect();
    }

    private static Object next(BlockingQueue<Object> queue) {
        try {
            Object next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing arrived for " + TIMEOUT_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
