package io.everwire.spring.boot;

import io.everwire.SocketIoServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Adds the version of Everwire and what it serves to the info endpoint. */
final class SocketIoInfoContributor implements InfoContributor {
    private final SocketIoServer server;
    private final ObjectProvider<ActiveHost> host;

    SocketIoInfoContributor(SocketIoServer server, ObjectProvider<ActiveHost> host) {
        this.server = server;
        this.host = host;
    }

    @Override
    public void contribute(Info.Builder info) {
        ActiveHost active = host.getIfAvailable();
        Map<String, Object> details = new LinkedHashMap<>();
        String version = SocketIoServer.class.getPackage().getImplementationVersion();
        details.put("version", version == null ? "unknown" : version);
        details.put("host", active == null ? "none" : active.description());
        details.put("path", server.options().path());
        details.put("generations", server.counters().sessionsByTransport().keySet());
        info.withDetail("everwire", details);
    }
}
