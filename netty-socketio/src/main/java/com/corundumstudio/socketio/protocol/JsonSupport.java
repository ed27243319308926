package com.corundumstudio.socketio.protocol;

/**
 * The mapping of JSON. An implementation is also an Everwire {@link io.everwire.json.JsonCodec}, as {@link JacksonJsonSupport} is. The
 * methods of netty-socketio, which read and write Netty's buffers, do not exist.
 */
public interface JsonSupport {}
