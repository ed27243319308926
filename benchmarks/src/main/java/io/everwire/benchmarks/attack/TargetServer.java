package io.everwire.benchmarks.attack;

import com.sun.management.UnixOperatingSystemMXBean;
import io.everwire.CloseReason;
import io.everwire.DeflateOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyOptions;
import io.everwire.netty.NettyServer;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The program that is attacked: an application with every generation, rooms, a handler that blocks and one that fails.
 * It takes orders on its standard input, so that it can be asked even if its port is dead.
 */
public final class TargetServer {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Pattern EVENT_LOOP = Pattern.compile("everwire-\\d+-\\d+");
    private static final long BLOCKED_SECONDS = 60;

    private final SocketIoServer server;
    private final Counter sessions = new Counter();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong blocked = new AtomicLong();
    private volatile Semaphore gate = new Semaphore(0);
    private Thread broadcaster = new Thread("broadcaster");

    private TargetServer(TargetOptions options) {
        ServerOptions.Builder builder = ServerOptions.builder()
                .perMessageDeflate(DeflateOptions.builder().build())
                .limits(options.limits())
                .maxDynamicNamespaces(options.maxDynamicNamespaces())
                .observer(sessions);
        options.timeouts().set(builder);
        server = SocketIoServer.create(builder.build());
        server.onConnection(TargetServer::connected);
        server.onRaw(
                "echo",
                (socket, arguments) -> socket.emit("echo", arguments.all().toArray()));
        server.onRaw("all", (socket, arguments) -> arguments.all().size());
        server.onMessage((socket, message) -> socket.send(message));
        server.onCall("ack", socket -> 1);
        server.onRaw("broadcast", (socket, arguments) -> {
            server.to("room").emit("news", arguments.all().toArray());
            return null;
        });
        server.on("join", String.class, (socket, room) -> socket.join(String.valueOf(room)));
        server.on("block", socket -> block());
        server.onRaw("count", (socket, arguments) -> events.incrementAndGet());
        server.on("fail", String.class, (socket, text) -> {
            throw new IllegalStateException("cannot do " + text);
        });
        server.on("number", BigDecimal.class, (socket, number) -> socket.emit("number", number));
        server.on("kick", socket -> socket.disconnect(true));
        server.on("leave", Socket::disconnect);
        server.of(Pattern.compile("/dyn-.*")).onConnection(socket -> {});
    }

    /** Starts the server with the options of the first argument; prints its port, then takes orders. */
    public static void main(String[] args) throws IOException {
        TargetOptions options = TargetOptions.parse(args[0]);
        TargetServer target = new TargetServer(options);
        NettyOptions.Builder netty = NettyOptions.builder();
        options.timeouts().set(netty);
        NettyServer host = NettyServer.builder(target.server)
                .options(netty.build())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println(Target.LISTENING + host.address().getPort());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(target.answer(order));
        }
        // The harness has ended.
        System.exit(0);
    }

    private static void connected(Socket socket) {
        String room = socket.handshake().query().get("join");
        if (room != null) {
            socket.join(room);
        }
    }

    private void block() throws InterruptedException {
        blocked.incrementAndGet();
        try {
            // Released by an order, or after a time, so that a lost order does not block for ever.
            gate.tryAcquire(BLOCKED_SECONDS, TimeUnit.SECONDS);
        } finally {
            blocked.decrementAndGet();
        }
    }

    private String answer(String order) {
        try {
            String[] words = order.split(" ", -1);
            return switch (words[0]) {
                case "report" -> report();
                case "release" -> release();
                case "broadcast" -> broadcast(words);
                case "closings" -> sessions.closings.toString();
                case "busy" -> Boolean.toString(broadcaster.isAlive());
                default -> "unknown order";
            };
        } catch (OutOfMemoryError e) {
            return "failed: " + e;
        }
    }

    private String release() {
        Semaphore old = gate;
        gate = new Semaphore(0);
        old.release(Integer.MAX_VALUE / 2);
        return "released";
    }

    /** Starts to send events to the room: their number, their size, and how many in a second. */
    private String broadcast(String[] words) {
        int count = Integer.parseInt(words[1]);
        String text = "x".repeat(Integer.parseInt(words[2]));
        int perSecond = Integer.parseInt(words[3]);
        broadcaster = new Thread(() -> broadcast(count, text, perSecond), "broadcaster");
        broadcaster.start();
        return "started";
    }

    private void broadcast(int count, String text, int perSecond) {
        long begin = System.nanoTime();
        Semaphore never = new Semaphore(0);
        try {
            for (int i = 0; i < count; i++) {
                server.to("room").emit("news", i, text);
                long early = begin + TimeUnit.SECONDS.toNanos(i) / perSecond - System.nanoTime();
                if (early > 0 && never.tryAcquire(early, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects garbage, then describes the process. */
    private String report() {
        System.gc();
        long heap = heapAfterCollection();
        long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long loops = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> EVENT_LOOP.matcher(thread.getName()).matches())
                .count();
        return new TargetReport(
                        heap,
                        Math.max(pools, PlatformDependent.usedDirectMemory()),
                        sockets(),
                        sessions.open.get(),
                        loops,
                        blocked.get(),
                        events.get())
                .line();
    }

    /** Returns the bytes of the heap that the last collection left: clients send on, and make garbage meanwhile. */
    private static long heapAfterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    /** Returns the number of open sockets, or of open files on systems that do not tell them apart. */
    private static long sockets() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
        }
        long sockets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path file : files) {
                sockets += isSocket(file) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private static final class Counter implements ServerObserver {
        private final AtomicLong open = new AtomicLong();
        private final Map<String, Integer> closings = new ConcurrentHashMap<>();

        @Override
        public void opened(String generation) {
            open.incrementAndGet();
        }

        @Override
        public void closed(String generation, CloseReason reason) {
            open.decrementAndGet();
            closings.merge(generation + " " + reason, 1, Integer::sum);
        }
    }
}
