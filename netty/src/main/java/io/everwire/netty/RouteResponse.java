package io.everwire.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The response of a route. Immutable: methods return copies. */
public final class RouteResponse {
    private final int status;
    private final List<String> headers;
    private final byte[] content;

    private RouteResponse(int status, List<String> headers, byte[] content) {
        this.status = status;
        this.headers = headers;
        this.content = content;
    }

    /**
     * Returns a response without content.
     *
     * @throws IllegalArgumentException if the status is not from 200 to 599
     */
    public static RouteResponse of(int status) {
        return new RouteResponse(checked(status), List.of(), new byte[0]);
    }

    /** Returns a response of status 200 with text. */
    public static RouteResponse text(String text) {
        return content("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response of status 200 with a page. */
    public static RouteResponse html(String page) {
        return content("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response of status 200 with JSON. */
    public static RouteResponse json(String json) {
        return content("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response of status 200 with any content. The array is not copied and must not change. */
    public static RouteResponse content(String type, byte[] content) {
        return new RouteResponse(200, List.of("Content-Type", type, "X-Content-Type-Options", "nosniff"), content);
    }

    /**
     * Returns a copy with another status.
     *
     * @throws IllegalArgumentException if the status is not from 200 to 599
     */
    public RouteResponse status(int value) {
        return new RouteResponse(checked(value), headers, content);
    }

    /**
     * Returns a copy with one more header.
     *
     * @throws IllegalArgumentException if the name or the value cannot be sent in a header
     */
    public RouteResponse header(String name, String value) {
        ResponseMessages.check(name, value);
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new RouteResponse(status, List.copyOf(more), content);
    }

    int status() {
        return status;
    }

    /** Returns names and values in turn. */
    List<String> headers() {
        return headers;
    }

    byte[] content() {
        return content;
    }

    private static int checked(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " is not from 200 to 599");
        }
        return status;
    }
}
