package io.everwire.core;

import io.everwire.adapter.SavedData;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;

/** The attributes of a disconnected socket: the object itself on this server, JSON on another one. */
record SavedAttributes(CoreAttributes attributes, JsonCodec codec) implements SavedData {
    @Override
    public Bytes json() {
        return attributes.json(codec);
    }

    /** Returns the attributes of a recovered socket. */
    static CoreAttributes of(SavedData data, JsonCodec codec) {
        return data instanceof SavedAttributes saved ? saved.attributes : CoreAttributes.read(data.json(), codec);
    }
}
