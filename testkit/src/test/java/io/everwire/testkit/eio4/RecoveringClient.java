package io.everwire.testkit.eio4;

import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that stores the id and the offset as the official client does, and comes back with them. */
final class RecoveringClient {
    private static final String LINE = "/socket.io/?EIO=4&transport=websocket";
    private static final Pattern CONNECT = Pattern.compile("40(?:/\\w+,)?\\{\"sid\":\"(.+?)\"(?:,\"pid\":\"(.+?)\")?}");
    private static final Pattern EVENT = Pattern.compile("4[25](?:\\d+-)?(?:/\\w+,)?\\[.*\"([^\"]*)\"]");

    private final TestServer test;
    private final String namespace;
    private TestWebSocket line;
    private int read;
    private @Nullable String sid;
    private @Nullable String pid;
    private @Nullable String offset;

    RecoveringClient(TestServer test, String namespace) {
        this.test = test;
        this.namespace = namespace;
        this.line = open("");
    }

    /** Returns a client that has joined {@code /}. */
    RecoveringClient(TestServer test) {
        this(test, "");
    }

    /** Comes back on a new connection with its stored id and offset. Returns the answer of the server. */
    List<String> back() {
        return back("{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
    }

    /** Comes back with an id and an offset of the test's choice. */
    List<String> back(String auth) {
        read = 0;
        line = open(auth);
        return read();
    }

    /** Returns the packets received since the last call. */
    List<String> read() {
        List<String> received = line.received();
        List<String> news = new ArrayList<>(received.subList(read, received.size()));
        read = received.size();
        news.removeIf(text -> text.startsWith("0"));
        for (String text : news) {
            Matcher connect = CONNECT.matcher(text);
            Matcher event = EVENT.matcher(text);
            if (connect.matches()) {
                sid = connect.group(1);
                pid = connect.group(2);
            } else if (event.matches()) {
                offset = event.group(1);
            }
        }
        return news;
    }

    /** Closes the connection without a packet. */
    void lose() {
        read();
        line.close();
    }

    TestWebSocket line() {
        return line;
    }

    /** Returns the public id that it received last. */
    @Nullable
    String sid() {
        read();
        return sid;
    }

    @Nullable
    String pid() {
        read();
        return pid;
    }

    @Nullable
    String offset() {
        read();
        return offset;
    }

    /** Returns the CONNECT packet that a client receives when it joins or is recovered. */
    String joined() {
        return "40" + namespace + "{\"sid\":\"" + sid + "\",\"pid\":\"" + pid + "\"}";
    }

    private TestWebSocket open(String auth) {
        return test.webSocket(LINE).send("40" + namespace + auth);
    }
}
