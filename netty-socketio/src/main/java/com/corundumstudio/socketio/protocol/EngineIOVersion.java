package com.corundumstudio.socketio.protocol;

/** The version of Engine.IO that a client uses. */
public enum EngineIOVersion {
    /** Clients 0.9 and 1.0 betas. Not reported. */
    V2("2"),
    /** Clients 1.x and 2.x. */
    V3("3"),
    /** Clients 3.x and 4.x. */
    V4("4"),
    /** Other clients, such as those before 1.0. */
    UNKNOWN("");

    /** The parameter of the query that has the version. */
    public static final String EIO = "EIO";

    private final String value;

    EngineIOVersion(String value) {
        this.value = value;
    }

    /** Returns the number on the wire. */
    public String getValue() {
        return value;
    }

    /** Returns the version of a number on the wire. */
    public static EngineIOVersion fromValue(String value) {
        for (EngineIOVersion version : values()) {
            if (version.value.equals(value)) {
                return version;
            }
        }
        return UNKNOWN;
    }
}
