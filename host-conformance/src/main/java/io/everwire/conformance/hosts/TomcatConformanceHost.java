package io.everwire.conformance.hosts;

import io.everwire.servlet.tomcat.TomcatContainer;

/** Opens ports of Tomcat. */
public final class TomcatConformanceHost extends ServletConformanceHost {
    /** Creates it for {@code ServiceLoader}. */
    public TomcatConformanceHost() {
        super("tomcat", new TomcatContainer(), 1);
    }
}
