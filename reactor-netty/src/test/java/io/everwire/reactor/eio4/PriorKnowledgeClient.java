package io.everwire.reactor.eio4;

import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** A client that speaks HTTP/2 without TLS from its first byte on. */
final class PriorKnowledgeClient {
    private final HttpClient client;

    PriorKnowledgeClient(int port) {
        client = HttpClient.create().baseUrl("http://127.0.0.1:" + port).protocol(HttpProtocol.H2C);
    }

    String get(String target) {
        return getLater(target).join();
    }

    CompletableFuture<String> getLater(String target) {
        return client.get().uri(target).responseContent().aggregate().asString().toFuture();
    }

    String post(String target, String body) {
        return client.post()
                .uri(target)
                .send(ByteBufFlux.fromString(Mono.just(body)))
                .responseContent()
                .aggregate()
                .asString()
                .toFuture()
                .join();
    }
}
