package com.corundumstudio.socketio.listener;

import com.corundumstudio.socketio.MultiTypeArgs;

/** Listens to an event with several arguments. */
@FunctionalInterface
public interface MultiTypeEventListener extends DataListener<MultiTypeArgs> {}
