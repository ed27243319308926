package io.everwire.testkit.eio4;

import io.everwire.testkit.TestExchange;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;

/** A polling client at the level of bytes: the test writes what it sends and receives. */
final class PollingClient {
    static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final TestServer test;
    private final String sid;

    private PollingClient(TestServer test, String sid) {
        this.test = test;
        this.sid = sid;
    }

    /** Opens a session; no namespace is joined yet. */
    static PollingClient open(TestServer test) {
        return new PollingClient(test, sid(text(test.request("GET", POLLING).send())));
    }

    /** Opens a session, joins {@code /} and reads the response. */
    static PollingClient join(TestServer test) {
        PollingClient client = open(test);
        client.post("40");
        client.get();
        return client;
    }

    /** Returns the session id of an open packet. */
    static String sid(String open) {
        return open.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    }

    static String text(TestExchange exchange) {
        return exchange.response().text();
    }

    String sid() {
        return sid;
    }

    TestExchange get() {
        return test.request("GET", POLLING + "&sid=" + sid).send();
    }

    TestExchange post(String body) {
        return test.request("POST", POLLING + "&sid=" + sid).body(body).send();
    }

    /** Opens the WebSocket of an upgrade. */
    TestWebSocket probe() {
        return test.webSocket(WEBSOCKET + "&sid=" + sid);
    }
}
