/**
 * Runs sessions: finds or opens the session of a request, runs each session serially on an event loop of its host, and
 * wakes it at the time that it asked for. Holds the parts that are the same for all generations: origins, limits,
 * client files.
 *
 * <p>Hosts pass every request to {@link io.everwire.engine.Engine#serve}; requests that it does not take are the
 * application's.
 */
@NullMarked
package io.everwire.engine;

import org.jspecify.annotations.NullMarked;
