package com.corundumstudio.socketio;

/** The decision about a client that joins a namespace. */
public class AuthTokenResult {
    /** Accepts the client. */
    public static final AuthTokenResult AuthTokenResultSuccess = new AuthTokenResult(true, null);

    private final boolean success;
    private final Object errorData;

    /**
     * @param errorData what the client receives if it is rejected: a text is the message of its {@code connect_error}, a map may have
     *     {@code message} and {@code data}, anything else is the data
     */
    public AuthTokenResult(boolean success, Object errorData) {
        this.success = success;
        this.errorData = errorData;
    }

    /** Returns whether the client is accepted. */
    public boolean isSuccess() {
        return success;
    }

    /** Returns what a rejected client receives, or null. */
    public Object getErrorData() {
        return errorData;
    }
}
