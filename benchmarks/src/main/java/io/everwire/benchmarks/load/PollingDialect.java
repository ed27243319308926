package io.everwire.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** The requests of polling clients in one protocol. The target of a client's requests is the text that names its session. */
interface PollingDialect {
    /** Returns the request that opens a session. */
    ByteBuf open(int client);

    /** Returns the target of a client, from the body of the response to {@link #open}. */
    String target(int client, String opened);

    /** Returns the request that waits for packets. */
    ByteBuf poll(String target);

    /** Returns the request that sends packets. */
    ByteBuf post(String target, String... packets);
}
