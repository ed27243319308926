package io.everwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Placeholders of attachments in the format of Socket.IO 1.0 and later, sent by clients that do not mean well. */
public abstract class PlaceholderContract {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%d}";

    private final TestServer test = TestServer.create();

    /** Returns a WebSocket whose client has joined the root namespace. */
    protected abstract TestWebSocket join(TestServer server);

    /** B4: a placeholder used many times would multiply what one client sends. */
    @Test
    void anAttachmentHasOnePlaceholderAtMost() {
        test.server().onRaw("bcast", (socket, arguments) -> {
            socket.broadcast().emit("bcast", arguments.all().toArray());
            return null;
        });
        TestWebSocket receiver = join();
        TestWebSocket sender = join();
        int before = receiver.received().size();

        sender.send("451-[\"bcast\",[" + String.join(",", List.of(PLACEHOLDER.formatted(0), PLACEHOLDER.formatted(0)))
                + "]]");

        assertThat(sender.closed()).isTrue();
        assertThat(receiver.received()).hasSize(before);
        TestWebSocket nested = join().send("451-[\"bcast\",{\"a\":[" + PLACEHOLDER.formatted(0) + "],\"b\":"
                + PLACEHOLDER.formatted(0) + "}]");
        assertThat(nested.closed()).isTrue();
        TestWebSocket twice =
                join().send("452-[\"bcast\"," + PLACEHOLDER.formatted(1) + "," + PLACEHOLDER.formatted(0) + "]");
        assertThat(twice.closed()).as("each one once, in any order").isFalse();
    }

    /** B14: data of one client is no placeholder for another one. */
    @Test
    void dataOfAClientIsNoPlaceholder() {
        test.server().on("mix", Object.class, (socket, value) -> socket.emit("mix", value, new byte[] {7}));
        TestWebSocket sender = join();

        sender.send("42[\"mix\",{\"_placeholder\":true,\"num\":99}]");
        assertThat(texts(sender))
                .last()
                .isEqualTo("451-[\"mix\",{\"_placeholder\":null,\"num\":99},{\"_placeholder\":true,\"num\":0}]");
        sender.send("42[\"mix\",[{\"num\":0,\"\\u005fplaceholder\":true}]]");
        assertThat(texts(sender))
                .last()
                .isEqualTo("451-[\"mix\",[{\"num\":0,\"_placeholder\":null}],{\"_placeholder\":true,\"num\":0}]");
    }

    private TestWebSocket join() {
        return join(test);
    }

    private static List<String> texts(TestWebSocket line) {
        return line.received().stream().filter(text -> text.startsWith("4")).toList();
    }
}
