package io.everwire.servlet.undertow;

import io.everwire.servlet.ServletHostContract;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.HostFeature;
import java.util.Map;

/** Runs the host contract in Undertow. */
class UndertowHostTest extends ServletHostContract {
    @Override
    protected TestContainer container() {
        return new UndertowContainer();
    }

    @Override
    protected boolean ownFrames() {
        return false;
    }

    @Override
    protected Map<HostFeature, String> missing() {
        Map<HostFeature, String> missing = super.missing();
        missing.put(HostFeature.RAW_TARGET, "Undertow rejects invalid escapes, also in the query.");
        return missing;
    }

    /** Undertow answers HTTP/1.0 with HTTP/1.0. */
    @Override
    public void keepAlive() {}

    /** Deviates as {@link #keepAlive} does. */
    @Override
    public void oldStream() {}

    /** Undertow waits for the rest of bytes that can still become a request. */
    @Override
    public void garbage() {}

    /** Undertow accepts longer heads by default, up to 1 MiB. */
    @Override
    public void longHeads() {}

    /** Undertow merges spaces in the values of headers. */
    @Override
    public void headers() {}

    /** Undertow ignores a {@code Connection: close} of a response without a body, and of requests behind a stream. */
    @Override
    public void lastAnswer() {}

    /** Undertow does not read a request behind a stream before the client sends more. */
    @Override
    public void streamAndPipeline() {}

    /**
     * The container answers before it passes on the WebSocket, and this test sends at once: then its session sends nothing.
     * {@code HostInContainerTest.neverReads} waits for the WebSocket.
     */
    @Override
    public void neverReads() {}

    /** Deviates as {@link #neverReads} does: the WebSockets may be passed on in another order than they were answered. */
    @Override
    public void moving() {}

    /** Undertow ends the body of a last response with the connection, and uses no chunks. */
    @Override
    public void lastStream() {}

    /** Deviates as {@link #keepAlive} does: a request of HTTP/1.0 is answered with HTTP/1.0. */
    @Override
    public void notGranted() {}
}
