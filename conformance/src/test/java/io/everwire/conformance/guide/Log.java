package io.everwire.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The lines that a sample logs. */
final class Log implements Consumer<Object> {
    private static final long TIMEOUT_SECONDS = 60;

    private final BlockingQueue<Object> lines = new LinkedBlockingQueue<>();

    @Override
    public void accept(Object line) {
        lines.add(String.valueOf(line));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Waits for the next line and returns it. */
    String next() throws InterruptedException {
        Object line = lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("a line that the sample logs").isNotNull();
        return (String) line;
    }
}
