package io.everwire.protocol.gen0;

import io.everwire.protocol.Generation;
import io.everwire.protocol.wire.DeliveryContract;

final class Gen0ContractTest extends DeliveryContract {
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
        return "/socket.io/xhr-polling//1289345741901";
    }

    @Override
    protected String pollTarget(String sid) {
        return "/socket.io/xhr-polling/" + sid + "/1289345741902";
    }
}
