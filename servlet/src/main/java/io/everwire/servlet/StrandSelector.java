package io.everwire.servlet;

import io.everwire.engine.RateLimitedLog;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits until connections of one strand have data. The strand's own thread waits; the holder of the strand adds
 * connections and reads them.
 */
final class StrandSelector {
    private static final long CLOSING_MILLIS = 20;

    private static final RateLimitedLog failed = new RateLimitedLog(StrandSelector.class);

    private final Selector selector;

    /** The result of the last wait. Passed from the waiting thread to the holder. */
    private final List<Runnable> ready = new ArrayList<>();

    StrandSelector() throws IOException {
        selector = Selector.open();
    }

    /**
     * Adds a connection; {@code readable} is run on the strand when it has data. The result removes it, and stops waiting for
     * it while it has no interest. Any thread; {@link #wake} must follow on other threads than the strand's own.
     */
    SelectionKey add(SelectableChannel channel, Runnable readable) throws ClosedChannelException {
        return channel.register(selector, SelectionKey.OP_READ, readable);
    }

    /**
     * Waits for data.
     *
     * @param now whether only to look for data
     * @param closing whether the last connections may end soon, which ends no wait
     * @return whether connections are ready
     */
    boolean await(boolean now, boolean closing) {
        try {
            if (now) {
                selector.selectNow(this::found);
            } else {
                selector.select(this::found, closing ? CLOSING_MILLIS : 0);
            }
        } catch (IOException e) {
            failed.error(e, "an event loop could not wait for connections");
        }
        return !ready.isEmpty();
    }

    private void found(SelectionKey key) {
        ready.add((Runnable) key.attachment());
    }

    /** Ends a wait, or the next one if none is under way. Any thread. */
    void wake() {
        selector.wakeup();
    }

    /** Returns the connections that are ready, to be run and then cleared. */
    List<Runnable> ready() {
        return ready;
    }

    /** Returns whether connections are open. */
    boolean hasConnections() {
        return !selector.keys().isEmpty();
    }

    /** Waits no more. Closes the connections that are left. */
    void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            failed.error(e, "connections were not closed");
        }
    }
}
