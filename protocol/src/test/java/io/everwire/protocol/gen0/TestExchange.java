package io.everwire.protocol.gen0;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.Exchange;
import io.everwire.protocol.RequestHead;
import io.everwire.protocol.Response;

/** An exchange without a host. */
final class TestExchange implements Exchange {
    private final RequestHead head;
    private String answer = "pending";
    private Bytes body = Bytes.EMPTY;

    TestExchange(RequestHead head) {
        this.head = head;
    }

    /** Returns status and body, {@code drop} or {@code pending}. */
    String answer() {
        return answer;
    }

    /** Returns the body of the response: the same object that the session passed. */
    Bytes body() {
        return body;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void header(String name, String value) {}

    @Override
    public void readBody(int limit) {}

    @Override
    public void reply(Response response) {
        body = response.body();
        answer = response.status() + " " + response.body();
    }

    @Override
    public void start(Response beginning) {
        reply(beginning);
    }

    @Override
    public void write(Bytes piece) {}

    @Override
    public void finish() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void drop() {
        answer = "drop";
    }
}
