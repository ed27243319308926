package io.everwire.spring.boot;

import io.everwire.RequestHead;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** The request that would open a connection, as a request of WebFlux. Its body is not read. */
final class RequestOfHead extends AbstractServerHttpRequest {
    private final RequestHead head;

    /** @throws IllegalArgumentException if the target is not a valid URI */
    RequestOfHead(RequestHead head) {
        super(HttpMethod.valueOf(head.method()), uri(head), "", headers(head.headers()));
        this.head = head;
    }

    private static URI uri(RequestHead head) {
        String host = head.header("host");
        String origin = (head.secure() ? "https://" : "http://") + (host == null ? "localhost" : host);
        return URI.create(origin + head.target());
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        HttpHeaders all = new HttpHeaders();
        headers.forEach(all::add);
        return all;
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
        String header = head.header("cookie");
        if (header != null) {
            for (String pair : header.split(";", -1)) {
                String[] cookie = pair.strip().split("=", 2);
                if (cookie.length == 2 && !cookie[0].isEmpty()) {
                    cookies.add(cookie[0], new HttpCookie(cookie[0], cookie[1]));
                }
            }
        }
        return cookies;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return head.remoteAddress();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return head.peerCertificates().isEmpty() ? null : new PeerCertificates(head.peerCertificates());
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.empty();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As the interface has it.
    public <T> T getNativeRequest() {
        return (T) head;
    }
}
