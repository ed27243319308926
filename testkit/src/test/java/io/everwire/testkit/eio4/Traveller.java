package io.everwire.testkit.eio4;

import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that remembers what the official one does, and comes back with it. */
final class Traveller {
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

    Traveller(TestServer test, String namespace) {
        this.test = test;
        this.namespace = namespace;
        this.line = open("");
    }

    /** One that has joined {@code /}. */
    Traveller(TestServer test) {
        this(test, "");
    }

    /** Comes back on a connection of its own, and says whom it was. Returns what the server has to say to that. */
    List<String> back() {
        return back("{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
    }

    /** Comes back with something of the test's. */
    List<String> back(String auth) {
        read = 0;
        line = open(auth);
        return read();
    }

    /** What was received since the last look. */
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

    /** Goes away without a word. */
    void lose() {
        read();
        line.close();
    }

    TestWebSocket line() {
        return line;
    }

    /** The id it was told last. */
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

    /** The answer to one that joins, or goes on. */
    String joined() {
        return "40" + namespace + "{\"sid\":\"" + sid + "\",\"pid\":\"" + pid + "\"}";
    }

    private TestWebSocket open(String auth) {
        return test.webSocket(LINE).send("40" + namespace + auth);
    }
}
