package io.everwire.examples.guide;

// docs: jwt
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checks JSON Web Tokens that are signed with HS256 (RFC 7515, RFC 7519). Any thread may use it. */
public final class Tokens {
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretKeySpec key;
    private final Clock clock;

    /** The claims that the application uses; {@code exp} is in seconds since 1970. */
    public record Claims(String sub, String name, long exp) {}

    private record Header(String alg) {}

    /** @param secret at least 32 bytes, shared with the signer only */
    public Tokens(byte[] secret, Clock clock) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /** Returns the claims; empty if the signature is wrong or the token has expired. */
    public Optional<Claims> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            byte[] signature = sign(parts[0] + "." + parts[1]);
            // Compares in constant time. The algorithm is fixed: a token must not choose it.
            if (!MessageDigest.isEqual(signature, base64.decode(parts[2]))
                    || !"HS256"
                            .equals(JSON.readValue(base64.decode(parts[0]), Header.class)
                                    .alg())) {
                return Optional.empty();
            }
            Claims claims = JSON.readValue(base64.decode(parts[1]), Claims.class);
            return claims.exp() > clock.instant().getEpochSecond() ? Optional.of(claims) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException notAToken) {
            return Optional.empty();
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
// docs: end
