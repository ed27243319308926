package io.everwire.reactor.eio4;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.reactor.LoopPort;
import io.everwire.testkit.host.eio4.HostAdvisoriesContract;

class ReactorAdvisoriesTest extends HostAdvisoriesContract {
    @Override
    protected Host bind(SocketIoServer server) {
        return LoopPort.bind(server, 1);
    }

    /** Reactor Netty reads the heads. */
    @Override
    protected boolean ownLimits() {
        return false;
    }

    /** A head may have 8,192 bytes, without the ends of its lines, in any number of headers. */
    @Override
    protected int tooManyHeaders() {
        return 5_000;
    }
}
