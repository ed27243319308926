package io.everwire.servlet.eio4;

import io.everwire.Host;
import io.everwire.SocketIoServer;
import io.everwire.servlet.ServletOptions;
import io.everwire.servlet.SocketIoFilter;
import io.everwire.servlet.TestContainer;
import io.everwire.servlet.TestContainer.Application;
import io.everwire.testkit.host.eio4.HostAdvisoriesContract;
import java.time.Duration;

class AdvisoriesInContainerTest extends HostAdvisoriesContract {
    @Override
    protected Host bind(SocketIoServer server) throws Exception {
        TestContainer container = TestContainer.installed();
        ServletOptions options =
                ServletOptions.builder().closeTimeout(Duration.ofSeconds(30)).build();
        return container.start(new Application().filter("socket.io", SocketIoFilter.create(server, options)));
    }

    @Override
    protected boolean ownLimits() {
        return false;
    }

    @Override
    protected boolean limitsFragments() {
        return TestContainer.installed().ownFrames();
    }
}
