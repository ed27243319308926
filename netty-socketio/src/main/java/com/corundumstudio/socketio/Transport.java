package com.corundumstudio.socketio;

/** The transport of a client. */
public enum Transport {
    /** A WebSocket. */
    WEBSOCKET("websocket"),
    /** Requests, or a streamed response. */
    POLLING("polling");

    private final String value;

    Transport(String value) {
        this.value = value;
    }

    /** Returns the transport of a name on the wire; the transports of old clients that are no WebSocket count as polling. */
    static Transport of(String name) {
        return name.equals("websocket") || name.equals("flashsocket") ? WEBSOCKET : POLLING;
    }

    /** Returns the name on the wire. */
    public String getValue() {
        return value;
    }
}
