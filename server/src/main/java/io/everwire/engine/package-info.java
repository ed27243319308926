/**
 * Runs sessions: finds or opens the session a request belongs to, runs each one serially on a loop of its host, wakes it
 * when it asked to be woken, and keeps what holds for every generation in one place: origins, limits, client files.
 *
 * <p>For hosts: hand every request to {@link io.everwire.engine.Engine#serve}; what it does not take is the application's.
 */
@NullMarked
package io.everwire.engine;

import org.jspecify.annotations.NullMarked;
