package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on a free port for one sample, with official clients. */
final class Playground implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final Agent agent;
    private final SocketIoServer server;
    private final BlockingQueue<Socket> joined = new LinkedBlockingQueue<>();
    private int clients;

    /** @param sample adds the handlers of the sample to a server */
    Playground(Agent agent, Consumer<SocketIoServer> sample) throws Exception {
        this(agent, ServerOptions.builder().build(), sample);
    }

    Playground(Agent agent, ServerOptions options, Consumer<SocketIoServer> sample) throws Exception {
        this.agent = agent;
        this.server = SocketIoServer.create(options);
        server.onConnection(joined::add);
        sample.accept(server);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    SocketIoServer server() {
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + server.host().address().getPort();
    }

    /** Returns a new name for a client. */
    String name() {
        return Integer.toHexString(System.identityHashCode(this)) + "-" + clients++;
    }

    /** Runs a sample of {@code js/guide} as one client. Its log lines become {@code log} events. */
    Inbox run(String file, String sample) {
        return run(file, sample, null);
    }

    /** Runs a sample with an argument. */
    Inbox run(String file, String sample, Object given) {
        String name = name();
        agent.order("sample", name, "file", file, "sample", sample, "url", url(), "given", given);
        return agent.inbox(name);
    }

    /** Returns a client that is connected to {@code /}. */
    Client client() throws Exception {
        return client("/", Map.of());
    }

    /** Returns a client that is connected to a namespace. */
    Client client(String namespace, Map<String, ?> options) throws Exception {
        Client client = knock(namespace, options);
        client.id = client.inbox.take("connect").get(0).asString();
        return client;
    }

    /** Returns a client that tries to join a namespace and may be rejected. */
    Client knock(String namespace, Map<String, ?> options) {
        String name = name();
        agent.order("open", name, "url", url() + namespace, "options", options);
        return new Client(agent, name);
    }

    /** Waits for the next socket that joins {@code /}. */
    Socket socket() throws InterruptedException {
        Socket socket = joined.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).as("a socket that has joined").isNotNull();
        return socket;
    }

    @Override
    public void close() {
        server.close();
    }
}
