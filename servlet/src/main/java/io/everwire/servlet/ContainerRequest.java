package io.everwire.servlet;

import io.everwire.engine.LogSanitizer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's side of one exchange: its request, response and asynchronous context, which nobody uses after their
 * end ({@link ExchangeState}).
 */
final class ContainerRequest implements AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(ContainerRequest.class);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Runnable lost;
    private final boolean hasConnection;
    private final int bufferSize;
    private final ExchangeState state = new ExchangeState();
    private volatile @Nullable AsyncContext context;

    /** The container's thread, while it is in the filter and the request is not asynchronous. */
    private @Nullable Thread filterThread = Thread.currentThread();

    /** @param lost called on any thread, also more than once, when the container ends the request by itself */
    ContainerRequest(HttpServletRequest request, HttpServletResponse response, Runnable lost) {
        this.request = request;
        this.response = response;
        this.lost = lost;
        this.hasConnection = request.getProtocol().startsWith("HTTP/1.");
        // Read now: a response may be known after the container recycled its own one.
        this.bufferSize = response.getBufferSize();
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    ExchangeState state() {
        return state;
    }

    /** Returns whether this is the container's thread in the filter, and the request is not asynchronous. */
    boolean inFilter() {
        return filterThread == Thread.currentThread();
    }

    /** Returns the length of the body that the request announces; −1 if only its end will show it. */
    long announcedLength() {
        long length = request.getContentLengthLong();
        if (length >= 0) {
            return length;
        }
        boolean mayHaveBody = hasConnection
                ? request.getHeader("Transfer-Encoding") != null
                : !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        return mayHaveBody ? -1 : 0;
    }

    /**
     * Makes the request asynchronous: no timeout, because a poll may wait for longer than any container's own. Called in
     * the filter.
     *
     * @param reader receives the body; null if nobody wants it. It must be set on this thread
     */
    void startAsync(@Nullable ReadListener reader) throws IOException {
        filterThread = null;
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        started.addListener(this);
        context = started;
        if (reader != null) {
            input().setReadListener(reader);
        }
    }

    ServletInputStream input() throws IOException {
        return request.getInputStream();
    }

    /** Returns whether a response fits into the container's buffer, so that writing it never waits for the peer. Any time. */
    boolean fits(PreparedResponse whole) {
        return !whole.streamed() && whole.body().length() < bufferSize;
    }

    /** Writes a whole response that fits, in the filter. */
    void writeInFilter(PreparedResponse whole) throws IOException {
        state.endInFilter();
        write(whole);
    }

    /** Writes a whole response that fits, and completes the request. Does nothing if the request has ended. */
    void writeAndComplete(PreparedResponse whole) {
        if (state.beginWrite()) {
            try {
                write(whole);
            } catch (IOException | RuntimeException e) {
                log.debug("response not written: {}", LogSanitizer.of(e));
                lost.run();
            } finally {
                complete();
            }
        }
    }

    /** Writes the head of a response, and has {@code output} write the body. Does nothing if the request has ended. */
    void open(PreparedResponse beginning, ResponseOutput output) {
        if (!state.beginWrite()) {
            output.discard();
            return;
        }
        try {
            beginning.writeHead(response, hasConnection);
            output.open(response.getOutputStream());
        } catch (IOException | RuntimeException e) {
            log.debug("response not begun: {}", LogSanitizer.of(e));
            complete();
            lost.run();
            return;
        }
        if (state.endWrite()) {
            output.write();
        } else {
            complete();
        }
    }

    /** Completes the request, by the thread that has the right to write. */
    void complete() {
        state.complete();
        completeContext();
    }

    /** Ends the request although nothing, or a part, was written. */
    void abort() {
        if (state.fail()) {
            completeContext();
        }
    }

    private void completeContext() {
        AsyncContext known = context;
        if (known != null) {
            try {
                known.complete();
            } catch (IllegalStateException ended) {
                log.debug("the container ended the request: {}", LogSanitizer.of(ended));
            }
        }
    }

    private void write(PreparedResponse whole) throws IOException {
        whole.writeHead(response, hasConnection);
        if (!whole.body().isEmpty()) {
            response.getOutputStream()
                    .write(
                            whole.body().array(),
                            whole.body().offset(),
                            whole.body().length());
        }
    }

    // From the container

    @Override
    public void onError(AsyncEvent event) {
        ended();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        ended();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // Usually our own complete(), on some containers inside of it.
        if (!state.isDone()) {
            state.fail();
            lost.run();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Somebody began another cycle with this request; it drops the listeners unless they are added again.
        event.getAsyncContext().addListener(this);
    }

    private void ended() {
        abort();
        lost.run();
    }
}
