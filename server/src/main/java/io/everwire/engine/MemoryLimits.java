package io.everwire.engine;

/**
 * The limits of the memory that all clients use together, in bytes. Built and validated by the server's options, which
 * document each default and its reason.
 *
 * @param queued the bytes queued for clients
 * @param input the bytes that arrived and are not handled yet
 * @param sessions the bytes that open sessions keep, their requests included
 * @param volatileKeys the number of keys of volatile packets that are kept for one client
 */
public record MemoryLimits(long queued, long input, long sessions, int volatileKeys) {
    /** No limit. */
    public static final MemoryLimits NONE =
            new MemoryLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);

    /** Has no limit of keys. */
    public MemoryLimits(long queued, long input, long sessions) {
        this(queued, input, sessions, Integer.MAX_VALUE);
    }
}
