package io.everwire.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.CookieOptions;
import io.everwire.CookieOptions.SameSite;
import io.everwire.DeflateOptions;
import io.everwire.GenerationOptions;
import io.everwire.HandlerMode;
import io.everwire.LimitOptions;
import io.everwire.ProxyOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerObserver;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.adapter.MemoryAdapter;
import io.everwire.json.JsonCodec;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option can be set, read, copied and logged. Reflection finds options that were added and are not in the samples yet. */
class OptionsRoundTripTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String SECRET = "secret of the initial packet";

    /** Builder methods whose getter has another name. */
    private static final Map<String, String> GETTERS = Map.of(
            "ServerOptions.noClientFiles", "clientFiles",
            "ServerOptions.transport", "transportOptions",
            "ServerOptions.allowRequestAsync", "allowRequest");

    /** Getters that no builder method has the name of: the builder method is overloaded. */
    private static final Set<String> OTHER_GETTERS = Set.of("ServerOptions.initialBinaryPacket");

    /** Options that are code, or whose content may be secret. */
    private static final Set<String> NOT_PLAIN = Set.of(
            "initialPacket",
            "initialBinaryPacket",
            "allowRequest",
            "handlerExecutor",
            "jsonCodec",
            "setup",
            "socketIds",
            "observer",
            "host",
            "originFilter",
            "adapter");

    /** Methods of options classes that look like getters. */
    private static final Set<String> NO_GETTERS = Set.of("toBuilder", "toString", "hashCode");

    /**
     * Options of one class.
     *
     * @param defaults the defaults
     * @param samples options that together set every option to another value than the default
     */
    record Sample(Object defaults, List<?> samples) {
        Class<?> type() {
            return defaults.getClass();
        }

        String name() {
            return type().getSimpleName();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Sample> samples() {
        return List.of(
                new Sample(ServerOptions.builder().build(), List.of(textPacket(), binaryPacket())),
                new Sample(
                        LimitOptions.DEFAULTS,
                        List.of(LimitOptions.builder()
                                .maxUnconnected(1)
                                .maxSessionsPerAddress(2)
                                .maxNamespaceLength(3)
                                .maxEventNameLength(4)
                                .maxArguments(9)
                                .maxRoomsPerSocket(5)
                                .maxRooms(6)
                                .maxRoomNameLength(7)
                                .maxRoomTasks(12)
                                .maxVolatileKeys(14)
                                .maxRoomTasksTotal(13)
                                .maxAuthBytes(9)
                                .maxInputBytesTotal(10)
                                .maxSessionBytesTotal(11)
                                .maxQueuedBytesTotal(8)
                                .attachmentTimeout(SECOND)
                                .unusedTimeout(SECOND)
                                .build())),
                new Sample(
                        RecoveryOptions.builder().build(),
                        List.of(RecoveryOptions.builder()
                                .maxDisconnectionDuration(SECOND)
                                .skipMiddlewares(false)
                                .maxSessions(1)
                                .maxPackets(2)
                                .maxBytes(3)
                                .build())),
                new Sample(
                        DeflateOptions.DEFAULTS,
                        List.of(DeflateOptions.builder()
                                .threshold(1)
                                .contextTakeover(true)
                                .level(2)
                                .build())),
                new Sample(CookieOptions.DEFAULTS, List.of(cookie())),
                new Sample(
                        ProxyOptions.builder().build(),
                        List.of(ProxyOptions.builder()
                                .addresses("10.0.0.0/8", "::1")
                                .forwarded(true)
                                .build())),
                new Sample(
                        GenerationOptions.all(),
                        List.of(GenerationOptions.builder()
                                .only("eio3", "eio4")
                                .without("eio3")
                                .transports("eio4", "websocket")
                                .pingInterval("eio4", SECOND)
                                .pingTimeout("eio4", SECOND)
                                .engineOnly(true)
                                .build())),
                new Sample(
                        TransportOptions.builder().build(),
                        List.of(TransportOptions.builder()
                                .closeTimeout(Duration.ZERO)
                                .heartbeatInterval(SECOND)
                                .heartbeatTimeout(SECOND.multipliedBy(2))
                                .pollDuration(SECOND.multipliedBy(3))
                                .build())));
    }

    private static CookieOptions cookie() {
        return CookieOptions.builder()
                .name("sticky")
                .path("/chat")
                .domain("example.com")
                .maxAge(Duration.ofDays(1))
                .httpOnly(false)
                .secure(true)
                .partitioned(true)
                .sameSite(SameSite.NONE)
                .build();
    }

    private static ServerOptions textPacket() {
        JsonCodec codec = (JsonCodec) Proxy.newProxyInstance(
                JsonCodec.class.getClassLoader(),
                new Class<?>[] {JsonCodec.class},
                (self, method, args) -> method.getName().equals("equals") ? self == args[0] : null);
        return ServerOptions.builder()
                .path("/p")
                .addTrailingSlash(false)
                .generations("eio4")
                .transports("websocket")
                .scriptTransports(true)
                .parsers("default")
                .allowUpgrades(false)
                .pingInterval(SECOND)
                .pingTimeout(SECOND.multipliedBy(2))
                .upgradeTimeout(SECOND.multipliedBy(3))
                .connectTimeout(SECOND.multipliedBy(4))
                .ackTimeout(SECOND.multipliedBy(5))
                .closeTimeout(SECOND.multipliedBy(6))
                .maxHttpBufferSize(1)
                .maxQueuedBytes(2)
                .maxPendingInput(3)
                .maxAttachments(4)
                .maxJsonDepth(5)
                .maxSessions(6)
                .limits(LimitOptions.builder().maxRooms(7).build())
                .maxNamespaces(8)
                .maxDynamicNamespaces(9)
                .cleanupEmptyChildNamespaces(true)
                .origins("https://app.example.com")
                .originFilter(origin -> false)
                .allowedHosts("chat.example.com")
                .trustedProxies(ProxyOptions.of("127.0.0.1"))
                .clientFiles("2.5.0", "4.8.4")
                .transport(
                        "websocket",
                        TransportOptions.builder().closeTimeout(SECOND).build())
                .cookie(CookieOptions.DEFAULTS)
                .initialPacket(SECRET)
                .httpCompression(10)
                .perMessageDeflate(DeflateOptions.DEFAULTS)
                .allowRequestAsync(request -> CompletableFuture.completedFuture(null))
                .errorAcks(ServerObserver.Outcome.FAILED)
                .handlerExecutor(Runnable::run)
                .jsonCodec(codec)
                .setup(server -> {})
                .socketIds(handshake -> "id")
                .observer(new ServerObserver() {})
                .connectionStateRecovery(RecoveryOptions.builder().build())
                .host((server, address) -> {
                    throw new IOException("not called");
                })
                .adapter((namespace, sockets) -> new MemoryAdapter(sockets))
                .build();
    }

    private static ServerOptions binaryPacket() {
        return ServerOptions.builder()
                .initialPacket(SECRET.getBytes(StandardCharsets.UTF_8))
                .noClientFiles()
                .handlerMode(HandlerMode.EVENT_LOOP)
                .build();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyBuilderMethodHasAGetter(Sample sample) throws Exception {
        Class<?> builder = Class.forName(sample.type().getName() + "$Builder");
        Set<String> expected = Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == builder)
                .map(Method::getName)
                .map(name -> GETTERS.getOrDefault(sample.name() + "." + name, name))
                .collect(Collectors.toCollection(TreeSet::new));
        OTHER_GETTERS.stream()
                .filter(name -> name.startsWith(sample.name() + "."))
                .forEach(name -> expected.add(name.substring(name.indexOf('.') + 1)));

        assertThat(values(sample.defaults()).keySet()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSamplesSetEveryOption(Sample sample) {
        Map<String, @Nullable Object> defaults = values(sample.defaults());

        for (String name : defaults.keySet()) {
            assertThat(sample.samples())
                    .as(name)
                    .anySatisfy(options -> assertThat(
                                    Objects.deepEquals(values(options).get(name), defaults.get(name)))
                            .isFalse());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCopyHasTheSameValues(Sample sample) throws Exception {
        for (Object options : sample.samples()) {
            Object builder = sample.type().getMethod("toBuilder").invoke(options);
            Object copy = builder.getClass().getMethod("build").invoke(builder);

            assertThat(copy).isNotSameAs(options);
            Map<String, @Nullable Object> copied = values(copy);
            values(options)
                    .forEach((name, value) ->
                            assertThat(copied.get(name)).as(name).isEqualTo(value));
            assertThat(copy).hasToString(options.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void collectionsCannotBeChanged(Sample sample) {
        for (Object options : sample.samples()) {
            values(options).forEach((name, value) -> {
                if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
                    assertThat(value.getClass().getName()).as(name).startsWith("java.util.ImmutableCollections");
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theTextHasEveryPlainOptionAndNoSecret(Sample sample) {
        for (Object options : sample.samples()) {
            String text = options.toString();
            assertThat(text).doesNotContain(SECRET);
            if (options instanceof CookieOptions) {
                assertThat(text)
                        .isEqualTo("sticky=…; Max-Age=86400; Domain=example.com; Path=/chat; Secure; Partitioned;"
                                + " SameSite=None");
                continue;
            }
            assertThat(text).startsWith(sample.name() + "[").endsWith("]");
            values(options).forEach((name, value) -> {
                if (NOT_PLAIN.contains(name)) {
                    assertThat(text).doesNotContain(name + "=");
                } else {
                    assertThat(text).contains(name + "=" + value);
                }
            });
        }
    }

    /** Returns the value of each getter, by its name. */
    private static Map<String, @Nullable Object> values(Object options) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        for (Method method : options.getClass().getDeclaredMethods()) {
            boolean getter = Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic()
                    && method.getParameterCount() == 0
                    && !NO_GETTERS.contains(method.getName());
            if (getter) {
                try {
                    values.put(method.getName(), method.invoke(options));
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new AssertionError(method.toString(), e);
                }
            }
        }
        return values;
    }
}
