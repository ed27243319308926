package io.everwire.benchmarks.cluster;

import java.util.List;

/**
 * The place of a server in a cluster; its JSON is the argument of the process.
 *
 * @param uris the addresses of Redis, or of Sentinels
 * @param redis {@code standalone}, {@code cluster} or {@code sentinel}
 * @param mode {@code classic}, {@code exact} or {@code sharded}
 * @param prefix the first part of the names of channels
 * @param name the name of the server in the events that it sends
 */
public record MemberConfig(List<String> uris, String redis, String mode, String prefix, String name) {
    /** Returns the place of a server on one Redis. */
    public static MemberConfig on(String uri, String mode, String name) {
        return new MemberConfig(List.of(uri), "standalone", mode, "socket.io", name);
    }

    /** Returns the same place with another prefix. */
    public MemberConfig prefix(String other) {
        return new MemberConfig(uris, redis, mode, other, name);
    }
}
