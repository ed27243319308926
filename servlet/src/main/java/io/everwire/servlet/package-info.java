/**
 * The servlet host. {@link io.everwire.servlet.SocketIoFilter} is a filter of the application's container, such as Tomcat, Jetty or
 * Undertow: the server is then reached on the port of the application.
 *
 * <p>A request passes the filter, which gives it to the engine as a {@code ServletExchange}, or to the application. A {@code Strand} is
 * an event loop that borrows the container's threads.
 *
 * <p>Everything that happens to one connection happens on its strand, except calls of the container, which only note what arrived and
 * continue there.
 */
@NullMarked
package io.everwire.servlet;

import org.jspecify.annotations.NullMarked;
