/**
 * Intercepts requests for the application: engine middleware, {@code allowRequest}, response headers, cookies and connection ids.
 */
@NullMarked
package io.everwire.core.request;

import org.jspecify.annotations.NullMarked;
