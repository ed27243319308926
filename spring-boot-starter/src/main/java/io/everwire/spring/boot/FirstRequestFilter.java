package io.everwire.spring.boot;

import io.everwire.RequestFilter;

/** A filter that is asked before those of the application. */
interface FirstRequestFilter extends RequestFilter.Async {}
