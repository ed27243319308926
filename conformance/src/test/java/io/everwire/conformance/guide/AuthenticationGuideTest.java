package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.ServerOptions;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.Authentication;
import io.everwire.examples.guide.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** {@code docs/guide/authentication.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationGuideTest {
    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    private static final byte[] SECRET = "a secret of at least 32 characters".getBytes(UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String ADA = "{\"sub\":\"42\",\"name\":\"Ada\",\"exp\":1800000600,\"iat\":1799999000}";

    private final Tokens tokens = new Tokens(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aSignedTokenIsAccepted() throws Exception {
        try (Playground ground = new Playground(agent, server -> Authentication.jwt(server, tokens))) {
            enter(ground, token(SECRET, HEADER, ADA)).take("log", "[\"Ada\"]");
            Client again = ground.client("/", Map.of("auth", Map.of("token", token(SECRET, HEADER, ADA))));
            Authentication.toUser(ground.server());
            again.inbox.take("mail", "[\"to every tab and device of this user\"]");
            again.inbox.take("disconnect", "[\"io server disconnect\"]");
        }
    }

    @Test
    void rejectedClientsReceiveTheReason() throws Exception {
        try (Playground ground = new Playground(agent, server -> Authentication.jwt(server, tokens))) {
            enter(ground, "not a token").take("log", "[\"unauthorized\",{\"login\":\"/login\"}]");
            enter(ground, null).take("log", "[\"unauthorized\",{\"login\":\"/login\"}]");
            ground.knock("/", Map.of()).inbox.take("connect_error", "[\"unauthorized\",{\"login\":\"/login\"}]");
            Client odd = ground.knock("/", Map.of("auth", Map.of("token", Map.of())));
            assertThat(odd.inbox.take("connect_error").get(0).asString()).startsWith("auth does not fit");
            assertThat(ground.server().sockets()).isEmpty();
        }
    }

    @Test
    void foreignTokensAreRejected() {
        assertThat(tokens.verify(token(SECRET, HEADER, ADA)).map(Tokens.Claims::sub))
                .contains("42");
        // RFC 7515, appendix A.1.1. Its key is not the key of this test.
        String ofTheRfc =
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6"
                        + "Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assertRefused(ofTheRfc);
        assertRefused(token("another secret, as long as the first".getBytes(UTF_8), HEADER, ADA));
        assertRefused(token(SECRET, "{\"alg\":\"none\"}", ADA));
        assertRefused(token(SECRET, "{}", ADA));
        assertRefused(token(SECRET, HEADER, ADA.replace("1800000600", "1800000000")));
        assertRefused(token(SECRET, HEADER, "{\"sub\":\"42\",\"name\":\"Ada\"}"));
        assertRefused(token(SECRET, HEADER, "no JSON"));
        String whole = token(SECRET, HEADER, ADA);
        assertRefused(whole.substring(0, whole.lastIndexOf('.') + 1));
        assertRefused(whole.substring(0, whole.lastIndexOf('.')));
        assertRefused(whole + ".more");
        assertRefused(whole.replace('.', '!'));
        assertRefused("..");
        assertRefused("");
    }

    @Test
    void theTokenOfTheRfcIsAccepted() {
        byte[] key = Base64.getUrlDecoder()
                .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        String header = "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
        String claims = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        assertThat(token(key, header, claims)).endsWith(".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        Clock then = Clock.fixed(Instant.ofEpochSecond(1_300_819_379), ZoneOffset.UTC);
        assertThat(new Tokens(key, then).verify(token(key, header, claims))).isPresent();
    }

    @Test
    void middlewareMayDecideLater() throws Exception {
        try (Playground ground = new Playground(agent, server -> Authentication.later(server.of("/club")))) {
            ground.client("/club", Map.of("query", Map.of("id", "42")));
            ground.knock("/club", Map.of("query", Map.of("id", "43")))
                    .inbox
                    .take("connect_error", "[\"members only\"]");
            ground.knock("/club", Map.of()).inbox.take("connect_error", "[\"members only\"]");
        }
    }

    @Test
    void requestsAreCheckedBeforeTheConnection() throws Exception {
        ServerOptions options = Authentication.apiKey();
        try (Playground ground = new Playground(agent, options, server -> {})) {
            ground.client("/", Map.of("extraHeaders", Map.of("X-Api-Key", "any")));
            ground.knock("/", Map.of()).inbox.take("connect_error", "[\"xhr poll error\"]");
        }
    }

    @Test
    void aTokenIsVerifiedOnceAndTheResponseIsChosen() throws Exception {
        try (Playground ground = new Playground(agent, Authentication.token(tokens), server -> {})) {
            Client ada = ground.client("/", Map.of("query", Map.of("token", token(SECRET, HEADER, ADA))));
            assertThat(ada.call("who am I?").asString()).isEqualTo("Ada");
            ground.knock("/", Map.of()).inbox.take("connect_error", "[\"xhr poll error\"]");

            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(ground.url() + "/socket.io/?EIO=4&transport=polling"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(response.body()).isEqualTo("log in");
        }
    }

    @Test
    void eventsCanBeRefused() throws Exception {
        Log log = new Log();
        try (Playground ground = new Playground(
                agent,
                server ->
                        Authentication.events(server, (id, failure) -> log.accept(id + " " + failure.getMessage())))) {
            ground.server().onCall("admin stop", socket -> "stopping");
            Client client = ground.client();
            JsonNode refused = client.call("admin stop");
            assertThat(refused.path("error").asString()).isEqualTo("refused");
            assertThat(refused.path("message").asString()).isEqualTo("not allowed");
            assertThat(refused.path("data")).hasToString("{\"event\":\"admin stop\"}");
            assertThat(log.next()).isEqualTo("admin stop of " + client.id + " not allowed");
            ground.socket().join("admins");
            assertThat(client.call("admin stop").asString()).isEqualTo("stopping");
        }
    }

    private Inbox enter(Playground ground, String token) {
        return token == null ? ground.run("auth", "auth") : ground.run("auth", "auth", token);
    }

    private void assertRefused(String token) {
        assertThat(tokens.verify(token)).as(token).isEqualTo(Optional.empty());
    }

    private static String token(byte[] secret, String header, String claims) {
        String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
