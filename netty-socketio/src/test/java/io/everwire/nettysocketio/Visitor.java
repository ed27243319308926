package io.everwire.nettysocketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The official Java client 2.1.2. */
final class Visitor implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final Socket socket;
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final List<Visitor> namespaces = new ArrayList<>();

    private Visitor(Socket socket) {
        this.socket = socket;
    }

    /** Creates a client that is not connected yet. */
    static Visitor of(String url, UnaryOperator<SocketOptionBuilder> options) {
        return new Visitor(IO.socket(
                URI.create(url),
                options.apply(IO.Options.builder().setForceNew(true).setReconnection(false))
                        .build()));
    }

    /** Returns another namespace of the same connection. */
    Visitor in(String namespace, Map<String, String> auth) {
        Visitor other = new Visitor(
                socket.io().socket(namespace, IO.Options.builder().setAuth(auth).build()));
        namespaces.add(other);
        return other;
    }

    Visitor connect() throws InterruptedException {
        socket.on(Socket.EVENT_CONNECT, args -> received.add("connected"));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> received.add("rejected " + args[0]));
        socket.connect();
        assertThat(next()).isEqualTo("connected");
        return this;
    }

    /** Tries to connect and returns the error. */
    String knock() throws InterruptedException {
        socket.on(Socket.EVENT_CONNECT, args -> received.add("connected"));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> received.add("rejected " + args[0]));
        socket.connect();
        return String.valueOf(next());
    }

    Socket socket() {
        return socket;
    }

    /** Keeps the arguments of an event for {@link #next}, as a list. */
    Visitor listen(String event) {
        socket.on(event, args -> received.add(Arrays.asList(args)));
        return this;
    }

    Visitor emit(String event, Object... args) {
        socket.emit(event, args);
        return this;
    }

    /** Emits an event and returns its ack. */
    List<?> ask(String event, Object... args) throws InterruptedException {
        BlockingQueue<List<?>> acks = new LinkedBlockingQueue<>();
        socket.emit(event, args, values -> acks.add(Arrays.asList(values)));
        List<?> ack = acks.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(ack).as("the ack of " + event).isNotNull();
        return ack;
    }

    Object next() throws InterruptedException {
        return take(received);
    }

    boolean hasNothing() {
        return received.isEmpty();
    }

    static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /**
     * Leaves all namespaces, which ends the connection. A connection that the server must end lasts for its closeTimeout: this
     * client answers no close frame.
     */
    @Override
    public void close() {
        namespaces.forEach(Visitor::close);
        socket.disconnect();
    }
}
