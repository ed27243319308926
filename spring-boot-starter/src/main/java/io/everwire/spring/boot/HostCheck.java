package io.everwire.spring.boot;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/** Fails at the start if the wanted host cannot serve Socket.IO: otherwise clients would only see 404. */
final class HostCheck implements SmartInitializingSingleton {
    private final EverwireProperties properties;
    private final ObjectProvider<ActiveHost> active;
    private final Environment environment;

    HostCheck(EverwireProperties properties, ObjectProvider<ActiveHost> active, Environment environment) {
        this.properties = properties;
        this.active = active;
        this.environment = environment;
    }

    /** @throws SocketIoStartException if no host serves the server */
    @Override
    public void afterSingletonsInstantiated() {
        if (properties.host() == HostKind.NONE || active.getIfAvailable() != null) {
            return;
        }
        switch (properties.host()) {
            case SERVLET ->
                throw missing(
                        "the host \"servlet\" needs a servlet application and the module everwire-servlet",
                        "Add spring-boot-starter-webmvc and everwire-servlet, or set everwire.host to \"port\".");
            case REACTIVE ->
                throw missing(
                        "the host \"reactive\" needs a WebFlux application on Reactor Netty and the module everwire-reactor-netty",
                        "Add spring-boot-starter-webflux and everwire-reactor-netty, or set everwire.host to \"port\".");
            case PORT ->
                throw missing(
                        "a port of its own needs the module everwire-netty",
                        "Add the dependency io.everwire:everwire-netty.");
            default ->
                throw missing(
                        "no module serves Socket.IO in this application"
                                + (environment.containsProperty("everwire.port.number") ? " on a port of its own" : ""),
                        "Add everwire-servlet for a servlet application, everwire-reactor-netty for WebFlux, or"
                                + " everwire-netty for a port of its own; or set everwire.host to \"none\".");
        }
    }

    private static SocketIoStartException missing(String message, String action) {
        return new SocketIoStartException("Socket.IO cannot be served: " + message, action);
    }
}
