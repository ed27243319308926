package io.everwire.conformance.hosts;

import io.everwire.servlet.jetty.Ee11Container;

/** Opens ports of Jetty. */
public final class JettyConformanceHost extends ServletConformanceHost {
    /** Creates it for {@code ServiceLoader}. */
    public JettyConformanceHost() {
        super("jetty", new Ee11Container(), 4);
    }
}
