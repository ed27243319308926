package io.everwire;

/** What became of something emitted to one socket. */
public enum Emission {
    /** It is on its way. Whether it arrives, only an ack tells. */
    ACCEPTED,
    /** Nothing was sent: the socket is not connected. */
    DISCONNECTED
}
