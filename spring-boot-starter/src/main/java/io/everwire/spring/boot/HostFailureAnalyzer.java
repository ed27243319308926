package io.everwire.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Explains failures of hosts that the web server reports when it opens its port. */
final class HostFailureAnalyzer implements FailureAnalyzer {
    /** More causes than any failure has: a cycle of causes must end. */
    private static final int MAX_CAUSES = 100;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("everwire-reactor-netty does not support")) {
                return new FailureAnalysis(
                        message, "Change this setting of Reactor Netty, or set everwire.host to \"port\".", cause);
            }
            if (message.startsWith("gen0: ")) {
                return new FailureAnalysis(
                        message, "Follow the message, or set everwire.servlet.gen0 to false.", cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
