package io.everwire.spring.boot;

import io.everwire.servlet.ServletOptions;

/** Changes the options of the servlet host after the properties. */
@FunctionalInterface
interface ServletOptionsCustomizer {
    void customize(ServletOptions.Builder options);
}
