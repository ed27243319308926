package io.everwire.servlet.tomcat;

import io.everwire.servlet.ServletHostContract;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.HostFeature;
import java.util.Map;

/** Runs the host contract in Tomcat. */
class TomcatHostTest extends ServletHostContract {
    @Override
    protected TestContainer container() {
        return new TomcatContainer();
    }

    @Override
    protected Map<HostFeature, String> missing() {
        Map<HostFeature, String> missing = super.missing();
        missing.put(
                HostFeature.READS_ON,
                "Tomcat closes a connection at once when an asynchronous response is its last one.");
        return missing;
    }
}
