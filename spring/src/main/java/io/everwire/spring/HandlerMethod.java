package io.everwire.spring;

import io.everwire.CloseReason;
import io.everwire.RefusedException;
import io.everwire.Socket;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An annotated method with everything that a call needs. Any thread may call it. */
final class HandlerMethod {
    private final BeanMethod target;
    private final HandlerParameters parameters;
    private final HandlerResults results;
    private final List<HandlerInterceptor> interceptors;
    private final List<FailureTranslator> translators;

    HandlerMethod(
            BeanMethod target,
            HandlerParameters parameters,
            HandlerResults results,
            List<HandlerInterceptor> interceptors,
            List<FailureTranslator> translators) {
        this.target = target;
        this.parameters = parameters;
        this.results = results;
        this.interceptors = interceptors;
        this.translators = translators;
    }

    /** Calls the method and returns the result for the server. */
    @Nullable
    Object call(HandlerCall call) throws Exception {
        try {
            return results.result(around(call, 0), this::translated);
        } catch (Exception e) {
            Throwable translated = translated(e);
            throw translated instanceof Exception exception ? exception : new CompletionException(translated);
        }
    }

    private @Nullable Object around(HandlerCall call, int next) throws Exception {
        if (next < interceptors.size()) {
            return interceptors.get(next).around(call, () -> around(call, next + 1));
        }
        return target.invoke(parameters.values(call));
    }

    private Throwable translated(Throwable failure) {
        for (FailureTranslator translator : translators) {
            Throwable translated = translator.translate(target.method(), failure);
            if (translated != null) {
                return translated;
            }
        }
        return failure;
    }

    /** Calls a listener of sockets that joined; disconnects the socket if it is refused. */
    void connected(Socket socket) {
        try {
            notify(HandlerCall.connection(socket));
        } catch (RefusedException e) {
            socket.disconnect();
        }
    }

    /** Calls a listener of sockets that left. */
    void disconnected(Socket socket, CloseReason reason) {
        notify(HandlerCall.disconnection(socket, reason));
    }

    /** Calls a listener of failures. */
    void failed(Socket socket, Throwable failure) {
        notify(HandlerCall.failure(socket, failure));
    }

    /** Calls a listener. The server logs the exception. */
    private void notify(HandlerCall call) {
        try {
            call(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a listener failed: " + target.method(), e);
        }
    }
}
