package io.everwire.conformance.clients;

import io.everwire.protocol.Generation;
import io.everwire.protocol.Packet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generations that count how often each writes an event or message. */
final class Probes {
    private final Map<String, Integer> written = new TreeMap<>();
    private final List<Generation> generations = new ArrayList<>();

    private Probes() {}

    static Probes on(List<Generation> counted) {
        Probes probes = new Probes();
        counted.forEach(generation -> probes.generations.add(probes.probe(generation)));
        return probes;
    }

    List<Generation> generations() {
        return generations;
    }

    /** Returns the number of encoded packets by generation. */
    synchronized Map<String, Integer> written() {
        return new TreeMap<>(written);
    }

    /** Returns a proxy that counts and passes on every call, also of methods that are added later. */
    private Generation probe(Generation counted) {
        return (Generation) Proxy.newProxyInstance(
                Probes.class.getClassLoader(), new Class<?>[] {Generation.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("encode")) {
                        count(counted, (Packet) arguments[0]);
                    } else if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    try {
                        return method.invoke(counted, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized void count(Generation generation, Packet packet) {
        if (packet instanceof Packet.Event || packet instanceof Packet.Message) {
            written.merge(generation.name(), 1, Integer::sum);
        }
    }
}
