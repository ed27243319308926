package io.everwire.engine;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Generates ids that cannot be guessed: 120 random bits in 20 characters of URL-safe base64, the length and alphabet of
 * the Node server's ids.
 */
public final class IdGenerator {
    private static final int BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder();

    private IdGenerator() {}

    /** Returns a new id. Any thread. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }
}
