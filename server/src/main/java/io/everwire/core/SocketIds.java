package io.everwire.core;

import io.everwire.Handshake;
import io.everwire.adapter.RestoredSession;
import io.everwire.engine.IdGenerator;
import io.everwire.engine.RateLimitedLog;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Generates the ids of sockets. */
final class SocketIds {
    private static final RateLimitedLog unusable = new RateLimitedLog(SocketIds.class);
    private static final RateLimitedLog failed = new RateLimitedLog(SocketIds.class);
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private SocketIds() {}

    /** Returns the id of a socket of a namespace, which may continue a restored session. */
    static String of(CoreNamespace namespace, Handshake handshake, @Nullable RestoredSession restored) {
        return restored == null
                ? next(namespace, handshake)
                : restored.session().id();
    }

    private static String next(CoreNamespace namespace, Handshake handshake) {
        Function<? super Handshake, String> generator =
                namespace.context().options().socketIds();
        if (generator == null) {
            return IdGenerator.next();
        }
        try {
            String id = generator.apply(handshake);
            if (id != null && FORM.matcher(id).matches() && !namespace.sockets().containsKey(id)) {
                return id;
            }
            unusable.warn("socketIds: an id is in use, or does not have 1 to 128 letters, digits, - and _: {}", id);
        } catch (RuntimeException e) {
            failed.error(e, "socketIds: the generator failed");
        }
        return IdGenerator.next();
    }
}
