package io.everwire.netty;

/** Answers the requests of a route; see {@link NettyHost.Builder#route}. */
@FunctionalInterface
public interface RouteHandler {
    /**
     * Returns the response. Called on a handler thread, where it may block; in {@link io.everwire.HandlerMode#EVENT_LOOP}
     * on an event loop. An exception is logged and answered 500, without its message.
     */
    RouteResponse handle(RouteRequest request) throws Exception;
}
