package io.everwire.benchmarks.micro;

import io.everwire.engine.EventLoop;
import io.everwire.engine.HostLine;
import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;

/** A WebSocket that counts what it is given. */
final class Sink implements HostLine {
    private final Request request;
    private long bytes;

    /** @param request on whose loop it is */
    Sink(Request request) {
        this.request = request;
    }

    @Override
    public EventLoop eventLoop() {
        return request;
    }

    /** How many bytes it was given. */
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
