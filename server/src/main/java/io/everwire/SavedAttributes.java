package io.everwire;

import io.everwire.adapter.SavedData;
import io.everwire.json.JsonCodec;
import io.everwire.protocol.Bytes;

/** The attributes of a socket that is away: on this server as they are, elsewhere as JSON. */
record SavedAttributes(Attributes attributes, JsonCodec codec) implements SavedData {
    @Override
    public Bytes json() {
        return attributes.json(codec);
    }

    /** The attributes to go on with. */
    static Attributes of(SavedData data, JsonCodec codec) {
        return data instanceof SavedAttributes here ? here.attributes : Attributes.told(data.json(), codec);
    }
}
