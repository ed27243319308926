package com.corundumstudio.socketio.protocol;

/** The types of packets. An application can send events only. */
public enum PacketType {
    /** Opens a connection. */
    OPEN(0),
    /** Closes a connection. */
    CLOSE(1),
    /** A heartbeat. */
    PING(2),
    /** The answer to a heartbeat. */
    PONG(3),
    /** A message, with a sub type. */
    MESSAGE(4),
    /** Changes the transport. */
    UPGRADE(5),
    /** Ends a poll. */
    NOOP(6),
    /** A sub type: joins a namespace. */
    CONNECT(0),
    /** A sub type: leaves a namespace. */
    DISCONNECT(1),
    /** A sub type: an event. */
    EVENT(2),
    /** A sub type: an ack. */
    ACK(3),
    /** A sub type: rejects a client. */
    ERROR(4),
    /** A sub type: an event with binary data. */
    BINARY_EVENT(5),
    /** A sub type: an ack with binary data. */
    BINARY_ACK(6);

    private final int value;

    PacketType(int value) {
        this.value = value;
    }

    /** Returns the number on the wire. */
    public int getValue() {
        return value;
    }
}
