package io.everwire.protocol.eio4;

import io.everwire.protocol.Generation;
import io.everwire.protocol.wire.DeliveryContract;

class Eio4ContractTest extends DeliveryContract {
    @Override
    protected Generation generation() {
        return new Eio4();
    }

    @Override
    protected String lineTarget() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    protected String pollTarget() {
        return "/socket.io/?EIO=4&transport=polling";
    }

    @Override
    protected String pollTarget(String sid) {
        return "/socket.io/?EIO=4&transport=polling&sid=" + sid;
    }
}
