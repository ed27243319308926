package io.everwire.adapter;

import io.everwire.protocol.Packet;
import java.util.Collection;

/** The sockets of this server in one namespace: what an adapter delivers to. Any thread may call it. */
public interface LocalSockets {
    /** Every socket. */
    Collection<? extends LocalSocket> all();

    /** Sends {@code packet} to {@code receivers}, written once for each generation among them. */
    void deliver(Packet packet, Collection<? extends LocalSocket> receivers);
}
