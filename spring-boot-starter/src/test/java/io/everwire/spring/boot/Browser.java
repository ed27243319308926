package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of a browser: it keeps cookies, follows redirections, and sends forms with the CSRF token of their page. */
final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String url;
    private final CookieManager cookies = new CookieManager();

    Browser(int port) {
        this.url = "http://localhost:" + port;
    }

    /**
     * Returns a new client, and so a new connection: with WebFlux alone, a connection that was redirected after a login sometimes did not
     * answer its next request.
     */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> fetch(String path) throws Exception {
        return client().send(request(path).build(), BodyHandlers.ofString());
    }

    /** Sends a form of a page. */
    HttpResponse<String> submit(String page, String path, String fields) throws Exception {
        Matcher token = TOKEN.matcher(fetch(page).body());
        assertThat(token.find()).as("the page has a CSRF token").isTrue();
        return client().send(
                        request(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(fields + "&_csrf=" + token.group(1)))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** Logs in by the form and returns the headers of a client in this session. The page {@code /hello} has the name of the user. */
    Map<String, String> login(String name) throws Exception {
        submit("/login", "/login", "username=" + name + "&password=secret");
        assertThat(fetch("/hello").body()).isEqualTo("hello " + name);
        return Map.of("Cookie", session());
    }

    HttpResponse<String> logout() throws Exception {
        return submit("/logout", "/logout", "");
    }

    private String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie ->
                        cookie.getName().endsWith("SESSION") || cookie.getName().equals("JSESSIONID"))
                .findFirst()
                .map(HttpCookie::toString)
                .orElseThrow();
    }
}
