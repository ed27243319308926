package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Polling of clients 3.x and 4.x. */
final class SocketIoPolling implements PollingDialect {
    private static final String TARGET = "/socket.io/?EIO=4&transport=polling";

    /** The character between two packets. */
    static final String SEPARATOR = "\u001E";

    @Override
    public ByteBuf open(int client) {
        return HttpPeer.get(TARGET);
    }

    @Override
    public String target(int client, String opened) {
        return TARGET + "&sid=" + PollingLoad.sid(opened);
    }

    @Override
    public ByteBuf poll(String target) {
        return HttpPeer.get(target);
    }

    @Override
    public ByteBuf post(String target, String... packets) {
        return HttpPeer.post(target, String.join(SEPARATOR, packets));
    }
}
