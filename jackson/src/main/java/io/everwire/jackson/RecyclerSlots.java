package io.everwire.jackson;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * Buffers that Jackson uses again, each thread's in a slot that it rarely shares. Jackson's own pool is a queue that
 * allocates a node for each return; a pool per thread would be lost with each virtual thread (benchmark {@code
 * JsonBenchmark}). Large buffers are not kept: many threads that each read one long text must not leave their memory
 * behind. Any thread.
 */
final class RecyclerSlots implements RecyclerPool<BufferRecycler> {
    private static final long serialVersionUID = 1L;

    /** A power of two. A buffer that finds its slot in use is left to the garbage collector. */
    private static final int COUNT = 64;

    /** A cache line holds 16 references: no two slots share one. */
    private static final int APART = 16;

    /** The largest buffer that is kept: in bytes, and in UTF-16 units. */
    private static final int MAX_BYTES = 32 * 1024;

    private static final int MAX_CHARS = MAX_BYTES / Character.BYTES;

    private final transient AtomicReferenceArray<@Nullable BufferRecycler> slots =
            new AtomicReferenceArray<>(COUNT * APART);

    @Override
    public BufferRecycler acquirePooled() {
        BufferRecycler kept = slots.getAndSet(slot(), null);
        return kept == null ? new SmallBuffers() : kept;
    }

    @Override
    public void releasePooled(BufferRecycler recycler) {
        slots.lazySet(slot(), recycler);
    }

    @Override
    public int pooledCount() {
        int count = 0;
        for (int i = 0; i < slots.length(); i++) {
            count += slots.get(i) == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean clear() {
        for (int i = 0; i < slots.length(); i++) {
            slots.set(i, null);
        }
        return true;
    }

    /** Keeps small buffers only. */
    private static final class SmallBuffers extends BufferRecycler {
        @Override
        public void releaseByteBuffer(int kind, byte[] buffer) {
            if (buffer.length <= MAX_BYTES) {
                super.releaseByteBuffer(kind, buffer);
            }
        }

        @Override
        public void releaseCharBuffer(int kind, char[] buffer) {
            if (buffer.length <= MAX_CHARS) {
                super.releaseCharBuffer(kind, buffer);
            }
        }
    }

    private Object readResolve() {
        return new RecyclerSlots();
    }

    @SuppressWarnings("deprecation") // Thread.threadId exists from JDK 19 on
    private static int slot() {
        return (int) (Thread.currentThread().getId() & (COUNT - 1)) * APART;
    }
}
