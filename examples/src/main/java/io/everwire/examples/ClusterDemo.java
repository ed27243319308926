package io.everwire.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a cluster on this machine: Redis, two Java servers and a Node server with one chat, behind nginx. */
@Command(
        name = "everwire cluster",
        mixinStandardHelpOptions = true,
        description = "Starts Redis, two Java servers and a Node server with one chat, behind nginx.")
public final class ClusterDemo implements Callable<Integer> {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    private static final int LOG_LINES = 20;

    @Option(names = "--port", defaultValue = "8080", description = "The port of nginx; 0 for any.")
    private int port;

    @Option(names = "--redis", paramLabel = "URL", description = "A Redis that runs. Otherwise one is started.")
    private @Nullable String redis;

    @Option(names = "--root", defaultValue = ".", hidden = true)
    private Path root = Path.of(".");

    private final Map<String, Process> processes = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile boolean stopping;

    /** Runs until it is interrupted, or until one of its programs ends. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterDemo()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        root = root.toAbsolutePath().normalize();
        Path folder = Files.createDirectories(root.resolve("target/cluster"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "everwire-stop"));
        try {
            String url = redis == null ? startRedis(folder) : redis;
            int first = startJava(folder, "java-1", url);
            int second = startJava(folder, "java-2", url);
            int node = startNode(folder, url);
            int proxy = startNginx(folder, List.of(first, second), node);
            System.out.println("The cluster is running. Open this page in several browsers:");
            System.out.println("  nginx   " + address(proxy) + "/");
            System.out.println("A cookie of nginx chooses one of the servers. They can be reached directly, too:");
            System.out.println("  java-1  " + address(first) + "/  with client 0.6: " + address(first) + "/2010.html");
            System.out.println("  java-2  " + address(second) + "/");
            System.out.println("  node    " + address(node) + "/socket.io/");
            System.out.println("  Redis   " + url);
            System.out.println("Examine it with: ./everwire cluster doctor " + url);
            System.out.println("Stop it with Ctrl-C. The logs are in " + folder);
            awaitEnd(folder);
            return stopping ? 0 : 1;
        } finally {
            stop();
        }
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }

    private String startRedis(Path folder) throws Exception {
        int free = freePort();
        Path binary = binary("redis-server", "redis/usr/bin/redis-server");
        start(
                folder,
                "redis",
                free,
                List.of(
                        binary.toString(),
                        "--port",
                        String.valueOf(free),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        folder.toString()));
        return "redis://127.0.0.1:" + free;
    }

    private int startJava(Path folder, String name, String url) throws Exception {
        int free = freePort();
        start(
                folder,
                name,
                free,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChatDemo.class.getName(),
                        "--port",
                        String.valueOf(free),
                        "--redis",
                        url));
        return free;
    }

    private int startNode(Path folder, String url) throws Exception {
        int free = freePort();
        Path script = root.resolve("examples/cluster/server.mjs");
        start(folder, "node", free, List.of("node", script.toString(), String.valueOf(free), url));
        return free;
    }

    private int startNginx(Path folder, List<Integer> java, int node) throws Exception {
        int free = port == 0 ? freePort() : port;
        Path binary = binary("nginx", "nginx/usr/sbin/nginx");
        Files.writeString(folder.resolve("site.conf"), site(free, java, node));
        Files.writeString(folder.resolve("nginx.conf"), surroundings());
        start(
                folder,
                "nginx",
                free,
                List.of(binary.toString(), "-e", "stderr", "-p", folder + "/", "-c", "nginx.conf"));
        return free;
    }

    /** Returns the site of the guide with the servers of this machine. Pages come from the Java servers. */
    private String site(int free, List<Integer> java, int node) throws IOException {
        List<Integer> all = new ArrayList<>(java);
        all.add(node);
        return "upstream pages {\n" + servers(java) + "}\n"
                + Files.readString(root.resolve("examples/nginx/cluster.conf"))
                        .replaceFirst("(    server 10[^\\n]*\\n)+", servers(all))
                        .replace("listen 80;", "listen 127.0.0.1:" + free + ";")
                        .replace(
                                "root /var/www/chat;",
                                "proxy_pass http://pages;\n        proxy_set_header Host $http_host;")
                        .replace(
                                "location /socket.io/ {",
                                "location /socket.io/ {\n        add_header X-Server $upstream_addr always;");
    }

    private static String servers(List<Integer> ports) {
        return ports.stream().map(one -> "    server 127.0.0.1:" + one + ";\n").collect(Collectors.joining());
    }

    private static String surroundings() {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include site.conf;
                }
                """;
    }

    // Processes

    /** Returns the path of a program: on the path, or unpacked by {@code bin/cluster}. */
    private Path binary(String name, String unpacked) throws IOException {
        Stream<Path> installed = Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder).resolve(name));
        return Stream.concat(
                        installed,
                        Stream.of(
                                Path.of("/usr/sbin", name),
                                root.resolve("target").resolve(unpacked)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is not installed"));
    }

    /** Starts a program and waits until it accepts connections. */
    private void start(Path folder, String name, int listens, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        findLibraries(builder, Path.of(command.get(0)));
        Process process;
        synchronized (processes) {
            if (stopping) {
                throw new IOException("stopped");
            }
            process = builder.start();
            processes.put(name, process);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!accepts(listens)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException(name + " does not start; its log ends with:\n" + tail(folder, name));
            }
        }
    }

    /** Has an unpacked program find the libraries that were unpacked with it. */
    private void findLibraries(ProcessBuilder builder, Path binary) throws IOException {
        Path target = root.resolve("target");
        if (!binary.startsWith(target)) {
            return;
        }
        Path unpacked = target.resolve(target.relativize(binary).getName(0));
        try (Stream<Path> files = Files.walk(unpacked)) {
            String folders = files.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(file -> String.valueOf(file.getParent()))
                    .distinct()
                    .collect(Collectors.joining(":"));
            builder.environment().put("LD_LIBRARY_PATH", folders);
        }
    }

    private void awaitEnd(Path folder) throws IOException, InterruptedException {
        while (true) {
            for (Map.Entry<String, Process> entry : List.copyOf(processes.entrySet())) {
                if (entry.getValue().waitFor(200, TimeUnit.MILLISECONDS)) {
                    if (!stopping) {
                        System.err.println(
                                entry.getKey() + " has ended; its log ends with:\n" + tail(folder, entry.getKey()));
                    }
                    return;
                }
            }
        }
    }

    private static String tail(Path folder, String name) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(name + ".log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Stops all programs, the proxy first. */
    private void stop() {
        List<Process> all;
        synchronized (processes) {
            stopping = true;
            all = new ArrayList<>(processes.values());
        }
        Collections.reverse(all);
        for (Process process : all) {
            process.destroy();
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
