package io.everwire.servlet.eio4;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.eio4.HostRobustnessContract;
import java.time.Duration;

class RobustnessInContainerTest extends HostRobustnessContract {
    @Override
    protected Host bind(SocketIoServer server) throws Exception {
        TestContainer container = TestContainer.installed();
        ServletOptions options =
                ServletOptions.builder().closeTimeout(Duration.ofSeconds(30)).build();
        return container.start(new Application().filter("socket.io", SocketIoFilter.create(server, options)));
    }

    @Override
    protected boolean compresses() {
        return TestContainer.installed().ownFrames();
    }
}
