package com.corundumstudio.socketio;

/** The events whose acks are sent automatically when their listeners have returned. */
public enum AckMode {
    /** All events, also if a listener failed. */
    AUTO,
    /** Events whose listeners did not fail. */
    AUTO_SUCCESS_ONLY,
    /** None. */
    MANUAL
}
