package io.everwire.core;

import io.everwire.core.dispatch.SocketListeners;

/** The parts of a socket that many sockets never need: attributes, pending acks and own listeners. Any thread may use it. */
record SocketState(CoreAttributes attributes, PendingAcks pendingAcks, SocketListeners listeners) {}
