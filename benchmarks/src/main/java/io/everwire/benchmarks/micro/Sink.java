package io.everwire.benchmarks.micro;

import io.everwire.engine.EventLoop;
import io.everwire.engine.HostLine;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;

/** A WebSocket that counts the bytes written to it. */
final class Sink implements HostLine {
    private final Request request;
    private long bytes;

    /** @param request the request that the WebSocket belongs to */
    Sink(Request request) {
        this.request = request;
    }

    @Override
    public EventLoop eventLoop() {
        return request;
    }

    /** Returns the number of bytes written. */
    long bytes() {
        return bytes;
    }

    @Override
    public RequestHead head() {
        return request;
    }

    @Override
    public void text(Bytes message, SendOptions options) {
        bytes += message.length();
    }

    @Override
    public void binary(Bytes message, SendOptions options) {
        bytes += message.length();
    }

    @Override
    public void close(int code) {
        throw new IllegalStateException("a WebSocket was closed: " + code);
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void reading(boolean on) {}
}
