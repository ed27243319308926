package io.everwire.engine;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.SendOptions;
import io.everwire.protocol.wire.RecordedHead;
import java.util.List;

/** A WebSocket that records whether it is read. */
final class StubLine implements HostLine {
    private final String name;
    private final EventLoop home;
    private final List<String> told;

    StubLine(String name, EventLoop home, List<String> told) {
        this.name = name;
        this.home = home;
        this.told = told;
    }

    @Override
    public EventLoop eventLoop() {
        return home;
    }

    @Override
    public RequestHead head() {
        return RecordedHead.webSocket("/");
    }

    @Override
    public void reading(boolean on) {
        told.add(name + (on ? " is read" : " is not read") + (home.inLoop() ? "" : " (off its loop)"));
    }

    @Override
    public void text(Bytes message, SendOptions options) {}

    @Override
    public void binary(Bytes message, SendOptions options) {}

    @Override
    public void close(int code) {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
