package io.everwire.testkit.host.eio4;

import io.everwire.testkit.host.RawPeer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A WebSocket that has joined {@code /}, over a real socket. Answers pings. */
public final class JoinedPeer implements AutoCloseable {
    private static final String REQUEST =
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + RawPeer.upgrade(13) + "\r\n";

    private final RawPeer peer;
    private final String id;

    private JoinedPeer(RawPeer peer, String id) {
        this.peer = peer;
        this.id = id;
    }

    public static JoinedPeer open(InetSocketAddress address) throws IOException {
        return open(address, 0);
    }

    /** @param receiveBuffer as for {@link RawPeer#open} */
    public static JoinedPeer open(InetSocketAddress address, int receiveBuffer) throws IOException {
        RawPeer peer = RawPeer.open(address, receiveBuffer).send(REQUEST);
        String answer = peer.answer();
        String opened = peer.message();
        String joined = peer.text("40").message();
        if (!answer.startsWith("HTTP/1.1 101") || !opened.startsWith("0{") || !joined.startsWith("40{")) {
            throw new AssertionError(answer + opened + joined);
        }
        return new JoinedPeer(peer, joined.replaceFirst(".*\"sid\":\"([^\"]+).*", "$1"));
    }

    /** Returns the id of its socket. */
    public String id() {
        return id;
    }

    public RawPeer peer() {
        return peer;
    }

    public JoinedPeer send(String packet) throws IOException {
        peer.text(packet);
        return this;
    }

    /** Returns the next packet that is no ping. */
    public String next() throws IOException {
        String message = peer.message();
        while (message.equals("2")) {
            message = peer.text("3").message();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
