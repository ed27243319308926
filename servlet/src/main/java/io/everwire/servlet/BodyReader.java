package io.everwire.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the body of one request as it arrives, without blocking. The container's threads read, and the strand when a
 * pause ends; one thread at a time.
 */
final class BodyReader implements ReadListener {
    /** The part of an exchange that a reader needs. Any thread calls it. */
    interface Owner {
        /** Bytes of the body have arrived, or its end. */
        void bodyArrived();

        /** The peer disconnected within the body. */
        void bodyBroken();
    }

    private static final int READ = 8 * 1024;

    private final ContainerRequest container;
    private final RequestBody body;
    private final Owner owner;
    private final AtomicInteger calls = new AtomicInteger();

    BodyReader(ContainerRequest container, RequestBody body, Owner owner) {
        this.container = container;
        this.body = body;
        this.owner = owner;
    }

    @Override
    public void onDataAvailable() {
        read();
    }

    @Override
    public void onAllDataRead() {
        try {
            if (!body.complete()) {
                end();
                owner.bodyArrived();
            }
        } catch (IOException e) {
            owner.bodyBroken();
        }
    }

    @Override
    public void onError(Throwable failure) {
        owner.bodyBroken();
    }

    /** Reads what has arrived, unless the body is full or nobody wants it any more. */
    void read() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            try {
                if (readAvailable()) {
                    body.count();
                    owner.bodyArrived();
                }
            } catch (IOException | IllegalStateException e) {
                owner.bodyBroken();
            }
            seen = calls.addAndGet(-seen);
        }
    }

    /**
     * Reads what has arrived with the head of the request, so that a small body needs no asynchronous request (benchmark
     * polling). Called in the filter, before the request is asynchronous.
     */
    void readInFilter() {
        long length = body.length();
        if (length <= 0 || length > READ || FormBody.isForm(container.request())) {
            return;
        }
        try {
            ServletInputStream in = container.input();
            // Tomcat says 1 for any number. One read does not wait then.
            if (in.available() > 0) {
                byte[] buffer = new byte[(int) length];
                int read = in.read(buffer);
                if (read > 0) {
                    body.add(buffer, read);
                }
            }
        } catch (IOException e) {
            owner.bodyBroken();
        }
    }

    /** Returns whether anything has arrived. */
    private boolean readAvailable() throws IOException {
        boolean arrived = false;
        ServletInputStream in = container.input();
        byte[] buffer = new byte[(int) Math.min(READ, Math.max(64, body.length()))];
        // In this order: isReady() asks for another call when it returns false.
        while (!container.state().isDone() && !body.complete() && !body.full() && in.isReady()) {
            int read = in.read(buffer);
            if (read < 0) {
                end();
                return true;
            }
            body.add(buffer, read);
            arrived = true;
        }
        return arrived;
    }

    private void end() throws IOException {
        byte[] form = body.received() == 0 ? FormBody.of(container.request()) : null;
        if (form != null) {
            body.add(form, form.length);
        }
        body.end();
    }
}
