package io.everwire.spring.boot;

import org.jspecify.annotations.Nullable;

/** The server cannot start with the settings or libraries of the application. Spring Boot prints its message and the action. */
public final class SocketIoStartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String action;

    SocketIoStartException(String message, String action) {
        this(message, action, null);
    }

    SocketIoStartException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** Returns a sentence that tells the developer how to correct it. */
    public String action() {
        return action;
    }
}
