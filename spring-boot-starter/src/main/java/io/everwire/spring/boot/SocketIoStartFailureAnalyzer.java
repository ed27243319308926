package io.everwire.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the mistake and its correction instead of a stack trace. */
final class SocketIoStartFailureAnalyzer extends AbstractFailureAnalyzer<SocketIoStartException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SocketIoStartException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
