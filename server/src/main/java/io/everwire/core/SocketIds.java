package io.everwire.core;

import io.everwire.Handshake;
import io.everwire.engine.IdGenerator;
import io.everwire.engine.RateLimitedLog;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Generates the ids of sockets. */
final class SocketIds {
    private static final RateLimitedLog unusable = new RateLimitedLog(SocketIds.class);
    private static final RateLimitedLog failed = new RateLimitedLog(SocketIds.class);
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private SocketIds() {}

    /**
     * Returns the id of a new socket.
     *
     * @param generator the generator of the options, or null
     * @param used the sockets of the namespace by their ids
     */
    static String next(
            @Nullable Function<? super Handshake, String> generator, Handshake handshake, Map<String, ?> used) {
        if (generator == null) {
            return IdGenerator.next();
        }
        try {
            String id = generator.apply(handshake);
            if (id != null && FORM.matcher(id).matches() && !used.containsKey(id)) {
                return id;
            }
            unusable.warn("socketIds: an id is in use, or does not have 1 to 128 letters, digits, - and _: {}", id);
        } catch (RuntimeException e) {
            failed.error(e, "socketIds: the generator failed");
        }
        return IdGenerator.next();
    }
}
