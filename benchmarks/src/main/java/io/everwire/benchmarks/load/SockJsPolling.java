package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The transport xhr-polling of SockJS: clients name their sessions, and packets are strings in a JSON array. */
final class SockJsPolling implements PollingDialect {
    private static final String TARGET = "/socket.io/sockjs/000/client-";

    @Override
    public ByteBuf open(int client) {
        return poll(TARGET + client);
    }

    @Override
    public String target(int client, String opened) {
        return TARGET + client;
    }

    @Override
    public ByteBuf poll(String target) {
        return HttpPeer.post(target + "/xhr", "");
    }

    @Override
    public ByteBuf post(String target, String... packets) {
        return HttpPeer.post(
                target + "/xhr_send",
                Arrays.stream(packets).map(SockJsPolling::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    private static String quoted(String packet) {
        return '"' + packet.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
