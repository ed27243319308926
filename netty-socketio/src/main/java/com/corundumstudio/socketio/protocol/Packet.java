package com.corundumstudio.socketio.protocol;

/** An event as a packet, for {@code send}. Other packets are Everwire's own. Not thread-safe. */
public class Packet {
    private final PacketType type;
    private EngineIOVersion engineIOVersion;
    private PacketType subType;
    private String name;
    private Object data;

    /** Creates a packet. */
    public Packet(PacketType type) {
        this(type, EngineIOVersion.UNKNOWN);
    }

    /** Creates a packet. The version has no effect: each client receives the form that it knows. */
    public Packet(PacketType type, EngineIOVersion engineIOVersion) {
        this.type = type;
        this.engineIOVersion = engineIOVersion;
    }

    /** Returns the type. */
    public PacketType getType() {
        return type;
    }

    /** Returns the sub type, or null. */
    public PacketType getSubType() {
        return subType;
    }

    /** Sets the sub type. */
    public void setSubType(PacketType subType) {
        this.subType = subType;
    }

    /** Returns the name of the event, or null. */
    public String getName() {
        return name;
    }

    /** Sets the name of the event. */
    public void setName(String name) {
        this.name = name;
    }

    /** Returns the arguments. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller names the type, as in netty-socketio.
    public <T> T getData() {
        return (T) data;
    }

    /** Sets the arguments: a list of them, or one. */
    public void setData(Object data) {
        this.data = data;
    }

    /** Returns the version. */
    public EngineIOVersion getEngineIOVersion() {
        return engineIOVersion;
    }

    /** Sets the version. It has no effect. */
    public void setEngineIOVersion(EngineIOVersion engineIOVersion) {
        this.engineIOVersion = engineIOVersion;
    }
}
