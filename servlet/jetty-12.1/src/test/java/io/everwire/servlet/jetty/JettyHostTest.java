package io.everwire.servlet.jetty;

import io.everwire.servlet.ServletHostContract;
import io.everwire.servlet.TestContainer;
import io.everwire.testkit.host.HostFeature;
import java.util.Map;

/** Runs the host contract in Jetty. */
class JettyHostTest extends ServletHostContract {
    @Override
    protected TestContainer container() {
        return TestContainer.installed();
    }

    @Override
    protected Map<HostFeature, String> missing() {
        Map<HostFeature, String> missing = super.missing();
        missing.put(HostFeature.RAW_TARGET, "Jetty rejects double slashes, unless UriCompliance.LEGACY is set.");
        missing.put(HostFeature.NO_RESET, "Jetty closes a connection without reading the rest of a request.");
        return missing;
    }
}
