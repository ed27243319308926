/** The API of netty-socketio 2 on Everwire. The name is that of netty-socketio, so that only the artifact changes. */
@SuppressWarnings("requires-automatic") // Spring is used only by applications that have it.
module netty.socketio {
    requires org.slf4j;
    requires transitive io.everwire.netty;
    requires transitive io.everwire.server;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.annotation;
    requires transitive io.netty.codec.http;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.handler;
    requires static spring.beans;
    requires static spring.core;

    exports com.corundumstudio.socketio;
    exports com.corundumstudio.socketio.annotation;
    exports com.corundumstudio.socketio.handler;
    exports com.corundumstudio.socketio.listener;
    exports com.corundumstudio.socketio.protocol;
    exports com.corundumstudio.socketio.store;
    exports com.corundumstudio.socketio.transport;
}
