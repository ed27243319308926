package io.everwire.spring;

import java.lang.annotation.Annotation;

/** The kinds of annotated methods. */
enum HandlerKind {
    EVENT(OnEvent.class),
    MESSAGE(OnMessage.class),
    CONNECT(OnConnect.class),
    DISCONNECT(OnDisconnect.class),
    ERROR(OnError.class);

    private final Class<? extends Annotation> annotation;

    HandlerKind(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    Class<? extends Annotation> type() {
        return annotation;
    }

    String annotation() {
        return annotation.getSimpleName();
    }

    /** Returns whether the method receives arguments of an event and may return an ack. */
    boolean hasArguments() {
        return this == EVENT || this == MESSAGE;
    }

    /** Returns whether the method receives the reason of a disconnection. */
    boolean hasReason() {
        return this == DISCONNECT;
    }
}
