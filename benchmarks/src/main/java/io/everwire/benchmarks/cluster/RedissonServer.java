package io.everwire.benchmarks.cluster;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.store.RedissonStoreFactory;
import io.everwire.benchmarks.servers.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * A server of netty-socketio in a cluster, with the orders of {@code js/cluster.mjs} that the benchmark needs. It runs on libraries of its own,
 * so it reads the orders without Jackson 3.
 */
public final class RedissonServer {
    private static final Pattern ADDRESS = Pattern.compile("redis://[^\"]+");
    private static final Payload PAYLOAD = new Payload(1000, "user-100", 200.25, 500.5, true, "x".repeat(24));

    private final SocketIOServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> timer;
    private long sent;

    private RedissonServer(SocketIOServer server) {
        this.server = server;
    }

    /** Starts the server at the place of the first argument. */
    public static void main(String[] args) throws IOException {
        Matcher address = ADDRESS.matcher(args[0]);
        if (!address.find()) {
            throw new IllegalArgumentException(args[0]);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SocketIOServer server = new SocketIOServer(configuration(port, redis(address.group())));
        server.addConnectListener(client -> {
            String joins = client.getHandshakeData().getSingleUrlParam("join");
            if (joins != null) {
                client.joinRoom(joins);
            }
        });
        server.start();
        System.out.println("{\"port\":" + port + "}");
        RedissonServer member = new RedissonServer(server);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println("{\"id\":" + number(line, "id") + ",\"ok\":" + member.act(line) + "}");
        }
        System.exit(0);
    }

    private static RedissonClient redis(String uri) {
        Config config = new Config();
        config.useSingleServer().setAddress(uri);
        return Redisson.create(config);
    }

    private static Configuration configuration(int port, RedissonClient redis) {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setHttpCompression(false);
        configuration.setWebsocketCompression(false);
        configuration.setStoreFactory(new RedissonStoreFactory(redis));
        SocketConfig socket = new SocketConfig();
        socket.setReuseAddress(true);
        configuration.setSocketConfig(socket);
        return configuration;
    }

    private static long number(String order, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(order);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private long act(String order) {
        if (order.contains("\"do\":\"flow\"")) {
            flow(number(order, "rate"));
        } else if (order.contains("\"do\":\"push\"")) {
            for (long i = number(order, "count"); i > 0; i--) {
                send();
            }
        } else if (timer != null) {
            timer.cancel(false);
        }
        return sent;
    }

    private void send() {
        server.getRoomOperations("r").sendEvent("news", PAYLOAD);
        sent++;
    }

    private void flow(long rate) {
        long began = System.nanoTime();
        long[] done = new long[1];
        timer = clock.scheduleAtFixedRate(
                () -> {
                    for (double due = (System.nanoTime() - began) / 1e9 * rate; done[0] < due; done[0]++) {
                        send();
                    }
                },
                1,
                1,
                TimeUnit.MILLISECONDS);
    }
}
