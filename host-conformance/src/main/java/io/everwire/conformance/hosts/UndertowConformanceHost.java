package io.everwire.conformance.hosts;

import io.everwire.servlet.undertow.UndertowContainer;

/** Opens ports of Undertow. */
public final class UndertowConformanceHost extends ServletConformanceHost {
    /** Creates it for {@code ServiceLoader}. */
    public UndertowConformanceHost() {
        super("undertow", new UndertowContainer(), 1);
    }
}
