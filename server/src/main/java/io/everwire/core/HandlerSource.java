package io.everwire.core;

import io.everwire.AnyHandler;
import io.everwire.EventHandler;
import io.everwire.EventListeners;
import io.everwire.EventRegistry;
import io.everwire.Registration;
import io.everwire.core.dispatch.Handlers;

/** An {@link EventRegistry} that keeps what is added in {@link Handlers}. */
interface HandlerSource extends EventRegistry {
    /** Returns the handlers, to add to. */
    Handlers handlers();

    @Override
    default Registration onRaw(String event, EventHandler handler) {
        return handlers().on(event, handler);
    }

    @Override
    default Registration onceRaw(String event, EventHandler handler) {
        return handlers().once(event, handler);
    }

    @Override
    default void off(String event) {
        handlers().off(event);
    }

    @Override
    default void off() {
        handlers().off();
    }

    @Override
    default Registration onAny(AnyHandler handler) {
        return handlers().onAny(handler);
    }

    @Override
    default Registration onAnyOutgoing(AnyHandler handler) {
        return handlers().onAnyOutgoing(handler);
    }

    @Override
    default EventListeners listeners() {
        return handlers();
    }
}
