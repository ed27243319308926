package io.everwire.redis;

import io.everwire.adapter.ClusterServer;
import io.everwire.adapter.ClusterServer.Kind;
import io.everwire.cluster.ClusterOptions;
import io.everwire.cluster.ClusterSurvey;
import io.everwire.cluster.SubscriptionMode;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Examines a cluster over Redis: its servers, and the reasons for which a server with these options would not work in it. It asks the servers
 * that run, but is none itself: no server sends it events or waits for it, and it writes nothing into Redis.
 */
public final class RedisDoctor {
    private final String uri;
    private final ClusterOptions options;
    private final Duration patience;
    private final List<ClusterServer> servers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private RedisDoctor(String uri, ClusterOptions options, Duration patience) {
        this.uri = uri;
        this.options = options;
        this.patience = patience;
    }

    /**
     * Examines a cluster. Blocks for about two times {@code patience}.
     *
     * @param uri as in {@link RedisAdapters#create(String)}; one server of a Redis Cluster is enough
     * @param options those of the server that would join
     * @param patience the time to wait for the answers of servers, such as 2 s
     * @throws IllegalArgumentException if the URI is malformed
     */
    public static ClusterDiagnosis examine(String uri, ClusterOptions options, Duration patience) {
        return new RedisDoctor(uri, options, patience).examine();
    }

    private ClusterDiagnosis examine() {
        String description = "";
        try (RedisFacts facts = RedisFacts.connect(RedisURI.create(uri))) {
            description = facts.description();
            checkVersion(facts);
            List<String> missing = facts.missingPermissions(options);
            problems.addAll(missing);
            if (missing.isEmpty()) {
                look(facts);
            }
        } catch (RedisFacts.Unreachable unreachable) {
            problems.add("Redis cannot be reached: " + unreachable.getMessage());
        }
        return new ClusterDiagnosis(description, servers, notes, problems);
    }

    private void checkVersion(RedisFacts facts) {
        if (options.sharded() && facts.majorVersion() < 7) {
            problems.add("Sharded pub/sub needs Redis 7, and this is " + facts.version() + ".");
        }
        if (!options.sharded() && facts.isCluster()) {
            notes.add(
                    "Redis Cluster passes each message of the classic adapter to all of its servers. Sharded pub/sub divides them.");
        }
    }

    private void look(RedisFacts facts) {
        Set<String> classic = facts.classicPrefixes();
        Set<String> sharded = facts.shardedPrefixes();
        String prefix = options.prefix();
        if (classic.contains(prefix)) {
            survey(
                    facts,
                    options.sharded() ? ClusterOptions.builder().prefix(prefix).build() : options);
        }
        if (sharded.contains(prefix)) {
            ClusterOptions any = ClusterOptions.builder()
                    .prefix(prefix)
                    .sharded(SubscriptionMode.DYNAMIC)
                    .build();
            survey(facts, options.sharded() ? options : any);
        }
        checkModes(classic.contains(prefix), sharded.contains(prefix));
        checkPrefixes(classic, sharded);
        checkServers();
    }

    private void checkModes(boolean classic, boolean sharded) {
        String prefix = options.prefix();
        if (classic && sharded) {
            problems.add("Some servers with the prefix " + prefix
                    + " are classic and others sharded: they do not receive the events of each other.");
        } else if (classic && options.sharded()) {
            problems.add("The servers with the prefix " + prefix + " are classic: a sharded server would be alone.");
        } else if (sharded && !options.sharded()) {
            problems.add("The servers with the prefix " + prefix + " are sharded: a classic server would be alone.");
        }
    }

    private void checkPrefixes(Set<String> classic, Set<String> sharded) {
        Set<String> others = new TreeSet<>(classic);
        others.addAll(sharded);
        boolean used = others.remove(options.prefix());
        if (used && !others.isEmpty()) {
            notes.add("Other servers have other prefixes: " + String.join(", ", others)
                    + ". They do not belong to this cluster.");
        } else if (!used && !others.isEmpty()) {
            problems.add("No server has the prefix " + options.prefix() + ", but some have: "
                    + String.join(", ", others) + ".");
        } else if (!used) {
            notes.add("No server runs.");
        }
    }

    private void checkServers() {
        Set<String> versions = servers.stream()
                .filter(server -> server.kind() == Kind.JAVA)
                .map(ClusterServer::version)
                .collect(Collectors.toCollection(TreeSet::new));
        if (versions.size() > 1) {
            notes.add("The Java servers have several versions: " + String.join(", ", versions) + ".");
        }
        boolean node = servers.stream().anyMatch(server -> server.kind() == Kind.NODE);
        Set<String> modes = servers.stream()
                .map(ClusterServer::mode)
                .filter(mode -> mode.startsWith("sharded"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (options.sharded() && node && !modes.equals(Set.of("sharded static"))) {
            notes.add("Node servers do not tell their subscriptionMode. It must be the one of the Java servers"
                    + (modes.isEmpty() ? "" : ", " + String.join(" or ", modes)) + ", or they miss events to rooms.");
        }
        if (servers.stream().anyMatch(server -> server.kind() == Kind.NODE_2)) {
            notes.add(
                    "Servers of Socket.IO 2 do not answer fetchSockets, calls and server-side calls of other servers.");
        }
    }

    private void survey(RedisFacts facts, ClusterOptions surveyed) {
        RedisLink link = facts.isCluster()
                ? new ClusterLink(RedisClusterClient.create(RedisURI.create(uri)), true)
                : new StandaloneLink(RedisAdapters.client(), RedisURI.create(uri), true);
        String mode = surveyed.sharded() ? "sharded" : "classic";
        try {
            ClusterSurvey.Answers answers = new ClusterSurvey(surveyed, new RedisLine(link), new EmitterContext())
                    .run(patience)
                    .toCompletableFuture()
                    .join();
            servers.addAll(answers.servers());
            notes.add("Redis counts " + answers.counted() + " " + mode + " servers; "
                    + answers.servers().size() + " answered.");
            if (answers.lagMillis() < 0) {
                problems.add("A message to the doctor itself did not arrive within " + patience.toMillis() + " ms.");
            } else {
                notes.add("A message through Redis takes " + answers.lagMillis() + " ms.");
            }
            if (answers.silent() > 0) {
                problems.add(answers.silent() + " " + mode + " servers did not answer within " + patience.toMillis()
                        + " ms: requests to all servers wait for them.");
            }
        } catch (CompletionException failed) {
            problems.add("The servers could not be asked: " + RedisFacts.message(failed));
        }
    }
}
