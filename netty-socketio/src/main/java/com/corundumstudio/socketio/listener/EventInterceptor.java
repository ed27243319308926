package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.transport.NamespaceClient;
import java.util.List;

/** Listens to all events that have a listener. */
@FunctionalInterface
public interface EventInterceptor {
    /** Called after the listeners of the event, if none of them failed. */
    void onEvent(NamespaceClient client, String eventName, List<Object> args, AckRequest ackRequest);
}
