package io.everwire.protocol.gen0;

import io.everwire.protocol.Generation;
import io.everwire.protocol.wire.GenerationContract;

/** Polls by script and POSTs by form fulfil the contract of all other polls. */
final class Gen0JsonpContractTest extends GenerationContract {
    @Override
    protected Generation generation() {
        return new Gen0();
    }

    @Override
    protected String lineTarget() {
        return "/socket.io/websocket";
    }

    @Override
    protected String pollTarget() {
        return "/socket.io/jsonp-polling//1289345741901/0";
    }

    @Override
    protected String pollTarget(String sid) {
        return "/socket.io/jsonp-polling/" + sid + "/1289345741902/0";
    }
}
