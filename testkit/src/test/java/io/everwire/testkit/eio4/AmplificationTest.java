package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.everwire.LimitOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import io.everwire.testkit.TestWebSocket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of one message, for the server and for the receivers of a broadcast, is limited by its own size (B4). */
class AmplificationTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%d}";

    private final List<Object> reported = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private final TestServer test = TestServer.create(ServerOptions.builder()
            .maxAttachments(1_000)
            .limits(LimitOptions.builder().maxArguments(5_000).build())
            .observer(new ServerObserver() {
                @Override
                public void limitReached(String option) {
                    passed.add(option);
                }
            })
            .build());

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void anAttachmentHasOnePlaceholderAtMost(int generation) {
        test.server().onRaw("bcast", (socket, arguments) -> {
            socket.broadcast().emit("bcast", arguments.all().toArray());
            return null;
        });
        TestWebSocket receiver = join(generation);
        TestWebSocket sender = join(generation);
        int before = receiver.received().size();

        sender.send("451-[\"bcast\",[" + String.join(",", List.of(PLACEHOLDER.formatted(0), PLACEHOLDER.formatted(0)))
                + "]]");

        assertThat(sender.closed()).isTrue();
        assertThat(receiver.received()).hasSize(before);
        TestWebSocket nested = join(generation)
                .send("451-[\"bcast\",{\"a\":[" + PLACEHOLDER.formatted(0) + "],\"b\":" + PLACEHOLDER.formatted(0)
                        + "}]");
        assertThat(nested.closed()).isTrue();
        TestWebSocket twice = join(generation)
                .send("452-[\"bcast\"," + PLACEHOLDER.formatted(1) + "," + PLACEHOLDER.formatted(0) + "]");
        assertThat(twice.closed()).as("each one once, in any order").isFalse();
    }

    @Test
    void readingAllArgumentsCopiesEachAttachmentOnce() {
        int attachments = 200;
        int size = 10_000;
        long[] allocated = {0};
        test.server().onRaw("all", (socket, arguments) -> {
            long before = allocated();
            reported.addAll(arguments.all());
            allocated[0] = allocated() - before;
            return null;
        });
        TestWebSocket sender = join(4);
        String placeholders =
                IntStream.range(0, attachments).mapToObj(PLACEHOLDER::formatted).collect(Collectors.joining(","));

        sender.send("45" + attachments + "-[\"all\"," + placeholders + "]");
        for (int i = 0; i < attachments; i++) {
            sender.send(new byte[size / 10]);
        }

        assertThat(reported).hasSize(attachments);
        // Each copied for each argument would be 200 times as much.
        assertThat(allocated[0]).isLessThan(20L * attachments * size / 10 + 2_000_000);
    }

    @Test
    void argumentsHaveALimit() {
        test.server().onAny((socket, event, arguments) -> reported.add(arguments.size()));
        TestWebSocket sender = join(4);

        sender.send("42[\"few\"" + ",0".repeat(5_000) + "]").send("42[\"many\"" + ",0".repeat(5_001) + "]");
        sender.send("430[" + "0,".repeat(5_000) + "0]").send("42[\"few\"]");

        assertThat(reported).containsExactly(5_000, 0);
        assertThat(sender.closed()).isFalse();
        assertThat(passed).containsExactly("maxArguments");
    }

    /** Four times the bytes cost about four times the memory, not sixteen times. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"a\":\"%s\"}", "\"%s\""})
    void workIsLinear(String form) {
        test.server().on("e", Object.class, (socket, value) -> socket.emit("e", value));
        boolean list = form.startsWith("[");
        long small = cost(form, list, 10_000);
        long large = cost(form, list, 40_000);

        assertThat(large).isLessThan(6 * small + 1_000_000);
    }

    private long cost(String form, boolean list, int count) {
        String value = list ? "0,".repeat(count) + "0" : "\\u0041".repeat(count);
        TestWebSocket sender = join(4);
        sender.send("42[\"e\",0]");
        long before = allocated();
        sender.send("42[\"e\"," + form.formatted(value) + "]");
        return allocated() - before;
    }

    /** B14: data of one client is no placeholder for another one. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void dataOfAClientIsNoPlaceholder(int generation) {
        test.server().on("mix", Object.class, (socket, value) -> socket.emit("mix", value, new byte[] {7}));
        TestWebSocket sender = join(generation);

        sender.send("42[\"mix\",{\"_placeholder\":true,\"num\":99}]");
        assertThat(texts(sender))
                .last()
                .isEqualTo("451-[\"mix\",{\"_placeholder\":null,\"num\":99},{\"_placeholder\":true,\"num\":0}]");
        sender.send("42[\"mix\",[{\"num\":0,\"\\u005fplaceholder\":true}]]");
        assertThat(texts(sender))
                .last()
                .isEqualTo("451-[\"mix\",[{\"num\":0,\"_placeholder\":null}],{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void withoutAttachmentsItIsDataLikeAnyOther() {
        test.server().on("echo", Map.class, (socket, value) -> socket.emit("echo", value));
        TestWebSocket sender = join(4).send("42[\"echo\",{\"_placeholder\":true,\"num\":99}]");

        assertThat(sender.received()).last().isEqualTo("42[\"echo\",{\"_placeholder\":true,\"num\":99}]");
    }

    private TestWebSocket join(int generation) {
        TestWebSocket line = test.webSocket("/socket.io/?EIO=" + generation + "&transport=websocket");
        return generation == 4 ? line.send("40") : line;
    }

    private static List<String> texts(TestWebSocket line) {
        return line.received().stream().filter(text -> text.startsWith("4")).toList();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
