package io.everwire.netty;

import io.everwire.engine.MemoryBudget;
import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Arrays;

/**
 * The body of one request while it arrives. Holds little until a session requests it; counts and discards what arrives
 * once it is no longer wanted. Used on the event loop only.
 */
final class RequestBody extends MemoryBudget.Holder {
    /**
     * The bytes held before the body was requested, in addition to the rest of the read that brought them: then reading
     * pauses. The size of one read.
     */
    static final int UNREQUESTED = 64 * 1024;

    private static final int NOT_REQUESTED = -1;
    private static final byte[] NOTHING = new byte[0];

    private final long announced;
    private byte[] held = NOTHING;
    private int length;
    private long discarded;
    private int limit = NOT_REQUESTED;
    private boolean wanted = true;
    private boolean complete;

    private final MemoryBudget budget;
    private final Runnable refusal;

    /**
     * @param announced the announced length, or −1 if only the end of the body will show it
     * @param budget counts the memory of the body
     * @param refusal refuses the body because the server has no memory for it; called on any thread
     */
    RequestBody(long announced, MemoryBudget budget, Runnable refusal) {
        this.announced = announced;
        this.budget = budget;
        this.refusal = refusal;
    }

    /** Returns the length of the body that a request announces, or −1 if only its end will show it. */
    static long announcedLength(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return 0;
        }
        return HttpUtil.isTransferEncodingChunked(request) ? -1 : HttpUtil.getContentLength(request, 0L);
    }

    /** Notes that a session wants the body, up to {@code most} bytes. */
    void request(int most) {
        limit = most;
    }

    /** Returns whether more bytes than requested were announced or have arrived. False before the request. */
    boolean oversized() {
        return limit != NOT_REQUESTED && length() > limit;
    }

    /** Returns the largest number of bytes that was requested. */
    int limit() {
        return limit;
    }

    /** Returns the length: the announced one, or the bytes that have arrived if those are more. */
    long length() {
        return Math.max(announced, length);
    }

    /** Returns whether all of the body has arrived and was requested. */
    boolean ready() {
        return complete && wanted && limit != NOT_REQUESTED;
    }

    /** Returns whether reading should pause until the body is requested. */
    boolean full() {
        return wanted && limit == NOT_REQUESTED && length >= UNREQUESTED;
    }

    /** Returns whether a byte of the body has arrived, or its end. */
    boolean begun() {
        return complete || length > 0 || discarded > 0;
    }

    /** Returns whether the end of the request has arrived. */
    boolean complete() {
        return complete;
    }

    /** Returns whether more bytes of the body may arrive. False for a request that announces none. */
    boolean incomplete() {
        return !complete && announced != 0;
    }

    /** Returns the number of bytes that arrived and were discarded. */
    long discarded() {
        return discarded;
    }

    /** Returns the number of announced bytes that have not arrived; 0 if no length was announced. */
    long outstanding() {
        return complete ? 0 : Math.max(0, announced - length - discarded);
    }

    /** Adds a copy of the bytes that arrived, or counts them if they are not wanted. */
    void add(ByteBuf bytes, boolean last) {
        complete |= last;
        int more = bytes.readableBytes();
        if (wanted) {
            if (more > held.length - length) {
                grow(more);
            }
            bytes.getBytes(bytes.readerIndex(), held, length, more);
            length += more;
        } else {
            discarded += more;
        }
    }

    /** Discards the body: what has arrived and what is still to arrive. */
    void discard() {
        wanted = false;
        discarded += length;
        release();
    }

    @Override
    protected void evict() {
        refusal.run();
    }

    /** As {@link #discard}, unless a session requested the body. */
    void discardUnrequested() {
        if (limit == NOT_REQUESTED) {
            discard();
        }
    }

    /** Returns what has arrived, and holds it no longer. Bytes that arrive later are discarded. */
    Bytes take() {
        Bytes bytes = Bytes.of(held, 0, length);
        wanted = false;
        release();
        return bytes;
    }

    private void release() {
        length = 0;
        held = NOTHING;
        budget.hold(this, 0);
    }

    /**
     * Grows to the announced length at once if it was accepted; otherwise by doubling, so that a false length costs
     * nothing.
     */
    private void grow(int more) {
        long size = Math.max((long) length + more, Math.min(2L * held.length, Integer.MAX_VALUE - 8));
        if (announced >= size && limit != NOT_REQUESTED && announced <= limit) {
            size = announced;
        }
        held = Arrays.copyOf(held, (int) size);
        if (!complete || limit == NOT_REQUESTED) {
            budget.hold(this, size);
        }
    }
}
