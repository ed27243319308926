package io.everwire;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of the response that opens a connection, for load balancers that keep a client on one server by a cookie. A WebSocket
 * stays on its server and gets no cookie. The value is the id of the connection, which is not the id of a socket. Immutable.
 */
public final class CookieOptions {
    /** {@code io=…; Path=/; HttpOnly; SameSite=Lax}: the cookie that the Node server sets for {@code cookie: true}. */
    public static final CookieOptions DEFAULTS = builder().build();

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String ATTRIBUTE = "[\\x20-\\x7E&&[^;]]*";

    private final Builder values;

    private CookieOptions(Builder values) {
        this.values = values.copy();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** Returns {@link Builder#name}. */
    public String name() {
        return values.name;
    }

    /** Returns {@link Builder#path}. */
    public String path() {
        return values.path;
    }

    /** Returns {@link Builder#domain}, or null. */
    public @Nullable String domain() {
        return values.domain;
    }

    /** Returns {@link Builder#maxAge}, or null. */
    public @Nullable Duration maxAge() {
        return values.maxAge;
    }

    /** Returns {@link Builder#httpOnly}. */
    public boolean httpOnly() {
        return values.httpOnly;
    }

    /** Returns {@link Builder#secure}. */
    public boolean secure() {
        return values.secure;
    }

    /** Returns {@link Builder#partitioned}. */
    public boolean partitioned() {
        return values.partitioned;
    }

    /** Returns {@link Builder#sameSite}, or null. */
    public @Nullable SameSite sameSite() {
        return values.sameSite;
    }

    /** Returns the value of the {@code Set-Cookie} header for the connection with this id. */
    public String header(String id) {
        return values.name + "=" + id + values.attributes();
    }

    @Override
    public String toString() {
        return header("…");
    }

    /** The requests of other sites that carry a cookie (RFC 6265bis, section 5.6.7). */
    public enum SameSite {
        /** No request. */
        STRICT("Strict"),
        /** Requests that a visitor sees as a change to another page. */
        LAX("Lax"),
        /** All requests; browsers require {@link Builder#secure} with it. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    /** Builds options. Every method returns this builder. Not thread-safe. */
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

        private Builder copy() {
            Builder copy = new Builder();
            copy.name = name;
            copy.path = path;
            copy.domain = domain;
            copy.maxAge = maxAge;
            copy.httpOnly = httpOnly;
            copy.secure = secure;
            copy.partitioned = partitioned;
            copy.sameSite = sameSite;
            return copy;
        }

        /** Sets the name: a token of RFC 9110. Default {@code io}, as the Node server. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Sets the path below which requests carry it. Starts with a slash; default {@code /}. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /** Sets the domain: this host and those below it receive it. Default: only the host that set it. */
        public Builder domain(String value) {
            domain = value;
            return this;
        }

        /** Sets how long browsers keep it. 1 s to 400 days, the limit of browsers; default: until the browser ends. */
        public Builder maxAge(Duration value) {
            maxAge = value;
            return this;
        }

        /** Sets whether scripts cannot read it. Default true: no script needs it. */
        public Builder httpOnly(boolean value) {
            httpOnly = value;
            return this;
        }

        /** Sets whether it is sent over TLS only. Default false: the server cannot know whether a proxy uses TLS. */
        public Builder secure(boolean value) {
            secure = value;
            return this;
        }

        /** Sets whether each page that embeds the page has its own cookie (CHIPS). Default false; requires {@link #secure}. */
        public Builder partitioned(boolean value) {
            partitioned = value;
            return this;
        }

        /** Sets the requests of other sites that carry it; null leaves it to the browser. Default {@link SameSite#LAX}. */
        public Builder sameSite(@Nullable SameSite value) {
            sameSite = value;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if a part is out of range, or browsers would ignore the cookie; the message names the part
         *     and its value
         */
        public CookieOptions build() {
            check("name", name, TOKEN);
            check("path", path, "/" + ATTRIBUTE);
            check("domain", domain == null ? "x" : domain, "[0-9A-Za-z.-]+");
            // Browsers delete a cookie with an age of 0 s at once.
            boolean ages = maxAge != null && (maxAge.toSeconds() < 1 || maxAge.compareTo(Duration.ofDays(400)) > 0);
            if (ages) {
                throw new IllegalArgumentException("cookie maxAge: " + maxAge + " is not between 1 s and 400 days");
            }
            if (!secure && (partitioned || sameSite == SameSite.NONE)) {
                throw new IllegalArgumentException("cookie secure: false, but browsers ignore a cookie that is "
                        + (partitioned ? "partitioned" : "SameSite=None") + " without it");
            }
            checkPrefix();
            return new CookieOptions(this);
        }

        /** Browsers ignore cookies with these prefixes unless their attributes fit (RFC 6265bis, section 4.1.3). */
        private void checkPrefix() {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean host = lower.startsWith("__host-");
            boolean ignored = (host || lower.startsWith("__secure-")) && !secure;
            if (ignored || (host && (domain != null || !path.equals("/")))) {
                throw new IllegalArgumentException("cookie name: browsers ignore " + name
                        + (host ? " unless it is secure, has no domain, and its path is /" : " unless it is secure"));
            }
        }

        /** Returns the attributes in the order in which the Node server (cookie 0.7) writes them. */
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
