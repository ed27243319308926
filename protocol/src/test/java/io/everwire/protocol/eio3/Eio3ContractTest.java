package io.everwire.protocol.eio3;

import io.everwire.protocol.Generation;
import io.everwire.protocol.wire.DeliveryContract;

class Eio3ContractTest extends DeliveryContract {
    @Override
    protected Generation generation() {
        return new Eio3();
    }

    @Override
    protected String lineTarget() {
        return "/socket.io/?EIO=3&transport=websocket";
    }

    @Override
    protected String pollTarget() {
        return "/socket.io/?EIO=3&transport=polling";
    }

    @Override
    protected String pollTarget(String sid) {
        return "/socket.io/?EIO=3&transport=polling&sid=" + sid;
    }
}
