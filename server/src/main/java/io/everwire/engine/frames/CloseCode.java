package io.everwire.engine.frames;

/** Close codes of RFC 6455, section 7.4, that a server sends. */
public final class CloseCode {
    /** The server shuts down. */
    public static final int GOING_AWAY = 1001;

    /** The peer violated the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /** Text is not UTF-8, or a compressed message cannot be expanded. */
    public static final int INVALID_PAYLOAD = 1007;

    /** The peer passed a limit other than the size of a message. */
    public static final int POLICY_VIOLATION = 1008;

    /** The message is larger than the server accepts. */
    public static final int TOO_BIG = 1009;

    /** An error of the server. */
    public static final int SERVER_ERROR = 1011;

    /** The server has no memory for the message at the moment (registered with IANA after the RFC). */
    public static final int TRY_AGAIN_LATER = 1013;

    private CloseCode() {}

    /**
     * Returns whether a close frame may have this code: 1004 to 1006 and 1015 are never sent, and 1016 to 2999 are not
     * defined (section 7.4.2).
     */
    public static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
