package com.corundumstudio.socketio.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Listens to an event. The method may have the parameters {@code SocketIOClient} and {@code AckRequest} at any place; the others are the
 * arguments of the event.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEvent {
    /** Returns the name of the event. */
    String value();
}
