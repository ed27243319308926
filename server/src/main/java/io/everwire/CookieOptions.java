package io.everwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that the answer to the request that opens a connection sets, for load balancers that keep a client with one
 * server by a cookie; a WebSocket needs none, and sets none. Its value is the id of the connection, which is not that of any socket. Immutable, made by a {@link
 * Builder} that checks it.
 */
public final class CookieOptions {
    /** {@code io=…; Path=/; HttpOnly; SameSite=Lax}: what the Node server sets for {@code cookie: true}. */
    public static final CookieOptions DEFAULTS = builder().build();

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String ATTRIBUTE = "[\\x20-\\x7E&&[^;]]*";

    private final String name;
    private final String attributes;

    private CookieOptions(String name, String attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of {@code Set-Cookie} for a connection. */
    String header(String sid) {
        return name + "=" + sid + attributes;
    }

    @Override
    public String toString() {
        return header("…");
    }

    /** Which requests of other sites carry a cookie (RFC 6265bis, section 5.6.7). */
    public enum SameSite {
        /** None. */
        STRICT("Strict"),
        /** Those that a visitor sees as going to another page. */
        LAX("Lax"),
        /** All; browsers want {@link Builder#secure} with it. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    /** Collects the parts of a cookie. Every method returns this builder. Not for several threads. */
    public static final class Builder {
        private String name = "io";
        private String path = "/";
        private @Nullable String domain;
        private @Nullable Duration maxAge;
        private boolean httpOnly = true;
        private boolean secure;
        private boolean partitioned;
        private @Nullable SameSite sameSite = SameSite.LAX;

        private Builder() {}

        /** Its name. A token of RFC 9110; default {@code io}, as the Node server. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The requests it is sent with: those below this path. Starts with a slash; default {@code /}. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /** The hosts it is sent to: this one and those below it. Default: only the host that set it. */
        public Builder domain(String value) {
            domain = value;
            return this;
        }

        /** How long it is kept. 0 s to 400 days, what browsers allow; default: until the browser ends. */
        public Builder maxAge(Duration value) {
            maxAge = value;
            return this;
        }

        /** Whether scripts may not read it. Default true: nothing in a page needs it. */
        public Builder httpOnly(boolean value) {
            httpOnly = value;
            return this;
        }

        /** Whether it is sent over TLS only. Default false: the server cannot know whether a proxy speaks TLS. */
        public Builder secure(boolean value) {
            secure = value;
            return this;
        }

        /** Whether each page that frames ours has one of its own (CHIPS). Default false; wants {@link #secure}. */
        public Builder partitioned(boolean value) {
            partitioned = value;
            return this;
        }

        /** Which requests of other sites carry it; null leaves that to the browser. Default {@link SameSite#LAX}. */
        public Builder sameSite(@Nullable SameSite value) {
            sameSite = value;
            return this;
        }

        /**
         * The cookie described.
         *
         * @throws IllegalArgumentException if a part is out of its range, or browsers would ignore the whole; names the
         *     part and its value
         */
        public CookieOptions build() {
            check("name", name, TOKEN);
            check("path", path, "/" + ATTRIBUTE);
            check("domain", domain == null ? "x" : domain, "[0-9A-Za-z.-]+");
            boolean ages = maxAge != null && (maxAge.isNegative() || maxAge.compareTo(Duration.ofDays(400)) > 0);
            if (ages) {
                throw new IllegalArgumentException("cookie maxAge: " + maxAge + " is not between 0 s and 400 days");
            }
            if (!secure && (partitioned || sameSite == SameSite.NONE)) {
                throw new IllegalArgumentException("cookie secure: false, but browsers ignore a cookie that is "
                        + (partitioned ? "partitioned" : "SameSite=None") + " without it");
            }
            return new CookieOptions(name, attributes());
        }

        /** In the order in which the Node server (cookie 0.7) writes them. */
        private String attributes() {
            StringBuilder text = new StringBuilder();
            text.append(maxAge == null ? "" : "; Max-Age=" + maxAge.toSeconds());
            text.append(domain == null ? "" : "; Domain=" + domain);
            text.append("; Path=").append(path);
            text.append(httpOnly ? "; HttpOnly" : "");
            text.append(secure ? "; Secure" : "");
            text.append(partitioned ? "; Partitioned" : "");
            text.append(sameSite == null ? "" : "; SameSite=" + sameSite.text);
            return text.toString();
        }

        private static void check(String part, String value, String pattern) {
            if (!value.matches(pattern)) {
                throw new IllegalArgumentException("cookie " + part + ": \"" + value + "\" is not of " + pattern);
            }
        }
    }
}
