package io.everwire.servlet.tomcat;

import io.everwire.servlet.ServletHostContract;
import io.everwire.servlet.TestContainer;

/** Runs the host contract in Tomcat. */
class TomcatHostTest extends ServletHostContract {
    @Override
    protected TestContainer container() {
        return new TomcatContainer();
    }
}
