package io.everwire.netty;

import io.everwire.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The body of one request while it arrives. Until somebody says how much is wanted, a little is held; what arrives
 * after it is no longer wanted is only counted.
 */
final class RequestBody {
    /** What is held before anybody asked, besides the rest of the read that brought it: then reading pauses. */
    static final int UNASKED = 64 * 1024;

    private static final int NOT_ASKED = -1;

    private final long announced;
    private byte[] held = new byte[0];
    private int length;
    private long discarded;
    private int limit = NOT_ASKED;
    private boolean wanted = true;
    private boolean complete;

    /** @param announced its length, or −1 if only its end will tell */
    RequestBody(long announced) {
        this.announced = announced;
    }

    /** How many bytes are accepted. */
    void ask(int most) {
        limit = most;
    }

    /** Whether more than was asked for is announced or here. */
    boolean oversized() {
        return limit != NOT_ASKED && Math.max(announced, length) > limit;
    }

    /** Whether all of it is here and asked for. */
    boolean ready() {
        return complete && wanted && limit != NOT_ASKED;
    }

    /** Whether its sender should be kept waiting until somebody asks. */
    boolean full() {
        return wanted && limit == NOT_ASKED && length >= UNASKED;
    }

    /** Whether any of it is here, or never will be. */
    boolean begun() {
        return complete || length > 0 || discarded > 0;
    }

    /** Whether more of it may come. */
    boolean coming() {
        return !complete && announced != 0;
    }

    /** How much arrived for nobody. */
    long discarded() {
        return discarded;
    }

    /** How much is known to be still to come; nothing if the length was not announced. */
    long outstanding() {
        return complete ? 0 : Math.max(0, announced - length - discarded);
    }

    /** Adds what arrived; the bytes are copied. */
    void add(ByteBuf bytes, boolean last) {
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
        complete |= last;
    }

    /** Nobody wants it any more. */
    void forget() {
        wanted = false;
        discarded += length;
        length = 0;
        held = new byte[0];
    }

    /** Nobody wants it any more, unless somebody asked for it. */
    void forgetUnasked() {
        if (limit == NOT_ASKED) {
            forget();
        }
    }

    /** Hands it over. */
    Bytes take() {
        Bytes bytes = Bytes.of(held, 0, length);
        wanted = false;
        held = new byte[0];
        length = 0;
        return bytes;
    }

    /** To the announced size at once if it was accepted, otherwise by doubling. */
    private void grow(int more) {
        long size = Math.max((long) length + more, Math.min(2L * held.length, Integer.MAX_VALUE - 8));
        if (announced >= size && limit != NOT_ASKED && announced <= limit) {
            size = announced;
        }
        held = Arrays.copyOf(held, (int) size);
    }
}
