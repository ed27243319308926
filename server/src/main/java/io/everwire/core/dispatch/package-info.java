/**
 * Brings the events of a socket to its handlers: middleware, handlers, acks, mailboxes and handler threads. It knows sockets only by
 * {@link io.everwire.core.dispatch.EventTarget}.
 */
@NullMarked
package io.everwire.core.dispatch;

import org.jspecify.annotations.NullMarked;
