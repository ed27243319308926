package io.everwire.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.CookieOptions;
import io.everwire.DeflateOptions;
import io.everwire.GenerationOptions;
import io.everwire.LimitOptions;
import io.everwire.ProxyOptions;
import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.TransportOptions;
import io.everwire.netty.NettyOptions;
import io.everwire.servlet.ServletOptions;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

/** Compares the properties with the builders of the options. */
class PropertiesTest {
    /** The options that are code: beans set them. */
    private static final Map<String, String> BEANS = Map.ofEntries(
            Map.entry("originFilter", "ServerOptionsCustomizer"),
            Map.entry("allowRequest", "RequestFilter"),
            Map.entry("allowRequestAsync", "RequestFilter.Async"),
            Map.entry("jsonCodec", "JsonCodec"),
            Map.entry("setup", "SocketIoServerCustomizer"),
            Map.entry("observer", "ServerObserver"),
            Map.entry("host", "HostProvider"),
            Map.entry("adapter", "Adapter.Factory"),
            Map.entry("socketIds", "ServerOptionsCustomizer"),
            Map.entry("attach", "ServletOptions"),
            Map.entry("noClientFiles", "everwire.client-files without a value"));

    /** The builders, by the prefix of their properties. */
    private static final Map<String, Class<?>> BUILDERS = new LinkedHashMap<>();

    static {
        BUILDERS.put("everwire.", ServerOptions.Builder.class);
        BUILDERS.put("everwire.limits.", LimitOptions.Builder.class);
        BUILDERS.put("everwire.trusted-proxies.", ProxyOptions.Builder.class);
        BUILDERS.put("everwire.cookie.", CookieOptions.Builder.class);
        BUILDERS.put("everwire.per-message-deflate.", DeflateOptions.Builder.class);
        BUILDERS.put("everwire.connection-state-recovery.", RecoveryOptions.Builder.class);
        BUILDERS.put("everwire.generations.", GenerationOptions.Builder.class);
        BUILDERS.put("everwire.netty.", NettyOptions.Builder.class);
        BUILDERS.put("everwire.servlet.", ServletOptions.Builder.class);
    }

    /** Properties that are no options of a builder. */
    private static final Set<String> OWN = Set.of(
            "everwire.host",
            "everwire.port.number",
            "everwire.port.address",
            "everwire.port.ssl.bundle",
            "everwire.security.csrf",
            "everwire.security.close-on-logout",
            "everwire.observations.http-requests",
            "everwire.observations.events",
            "everwire.observations.context-propagation",
            "everwire.handler-executor",
            "everwire.servlet.filter-order",
            "everwire.cookie.enabled",
            "everwire.per-message-deflate.enabled",
            "everwire.connection-state-recovery.enabled");

    static Map<String, ConfigurationMetadataProperty> metadata() {
        try (InputStream json = EverwireProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            Map<String, ConfigurationMetadataProperty> all =
                    new TreeMap<>(ConfigurationMetadataRepositoryJsonBuilder.create(json)
                            .build()
                            .getAllProperties());
            // Spring Boot adds properties of the endpoint, such as management.endpoint.everwire.access.
            all.keySet().removeIf(name -> !name.startsWith("everwire."));
            return all;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Set<String> builders() {
        return BUILDERS.keySet();
    }

    @ParameterizedTest
    @MethodSource("builders")
    void everyOptionIsAProperty(String prefix) {
        Set<String> known = new TreeSet<>();
        metadata().keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> {
            String rest = name.substring(prefix.length());
            known.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
        });

        assertThat(options(BUILDERS.get(prefix)))
                .allSatisfy(option -> assertThat(known.contains(dashed(option)) || BEANS.containsKey(option))
                        .as(option)
                        .isTrue());
    }

    private static List<String> options(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType() == builder)
                .map(Method::getName)
                .distinct()
                .toList();
    }

    private static String dashed(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void everyPropertyHasADescription() {
        assertThat(metadata().values())
                .hasSizeGreaterThan(70)
                .allSatisfy(property -> assertThat(property.getDescription())
                        .as(property.getId())
                        .isNotBlank());
    }

    @Test
    void defaultsAreThoseOfTheBuilders() {
        assertThat(server(Map.of()).toString())
                .isEqualTo(ServerOptions.builder().build().toString());
        assertThat(netty(Map.of()).toString()).isEqualTo(NettyOptions.DEFAULTS.toString());
        assertThat(servlet(Map.of()).toString()).isEqualTo(ServletOptions.DEFAULTS.toString());
        assertThat(server(Map.of("everwire.cookie.enabled", "true")).cookie().toString())
                .isEqualTo(CookieOptions.DEFAULTS.toString());
        assertThat(server(Map.of("everwire.per-message-deflate.enabled", "true"))
                        .perMessageDeflate()
                        .toString())
                .isEqualTo(DeflateOptions.DEFAULTS.toString());
        assertThat(server(Map.of("everwire.connection-state-recovery.enabled", "true"))
                        .connectionStateRecovery()
                        .toString())
                .isEqualTo(RecoveryOptions.builder().build().toString());
    }

    /** Values for properties whose values are names; others are computed from the default. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("everwire.path", "/chat"),
            Map.entry("everwire.transports", "polling"),
            Map.entry("everwire.parsers", "default"),
            Map.entry("everwire.origins", "https://app.example.com"),
            Map.entry("everwire.allowed-hosts", "chat.example.com"),
            Map.entry("everwire.client-files", "2.5.0"),
            Map.entry("everwire.initial-packet", "hello"),
            Map.entry("everwire.handler-mode", "event-loop"),
            Map.entry("everwire.error-acks", "failed"),
            Map.entry("everwire.trusted-proxies.addresses", "10.0.0.0/8"),
            Map.entry("everwire.generations.only", "eio4"),
            Map.entry("everwire.generations.without", "gen0"),
            Map.entry("everwire.cookie.name", "id"),
            Map.entry("everwire.cookie.path", "/chat"),
            Map.entry("everwire.cookie.domain", "example.com"),
            Map.entry("everwire.cookie.max-age", "1h"),
            Map.entry("everwire.cookie.same-site", "strict"),
            Map.entry("everwire.netty.io-backend", "nio"),
            Map.entry("everwire.netty.worker-threads", "3"),
            Map.entry("everwire.servlet.web-socket", "jakarta"),
            Map.entry("everwire.servlet.event-loops", "3"),
            Map.entry("everwire.limits.max-sessions-per-address", "7"));

    static Stream<String> scalars() {
        return metadata().keySet().stream()
                .filter(name -> !OWN.contains(name))
                .filter(name -> !metadata().get(name).getType().startsWith("java.util.Map"));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void eachPropertySetsItsOption(String name) {
        ConfigurationMetadataProperty property = metadata().get(name);
        String value = NAMES.getOrDefault(name, another(property));
        Map<String, String> source = new LinkedHashMap<>();
        for (String part : List.of("cookie", "per-message-deflate", "connection-state-recovery")) {
            if (name.startsWith("everwire." + part)) {
                source.put("everwire." + part + ".enabled", "true");
            }
        }
        if (name.endsWith("partitioned")) {
            source.put("everwire.cookie.secure", "true");
        }
        if (name.endsWith("forwarded")) {
            source.put("everwire.trusted-proxies.addresses", "10.0.0.1");
        }
        source.put(name, value);

        assertThat(normal(option(name, source))).isEqualTo(expected(value, property.getType()));
    }

    private static String another(ConfigurationMetadataProperty property) {
        Object first = property.getDefaultValue();
        return switch (property.getType()) {
            case "java.lang.Boolean" -> String.valueOf(!Boolean.parseBoolean(String.valueOf(first)));
            case "java.lang.Integer" -> String.valueOf(first == null ? 3 : ((Number) first).intValue() + 1);
            case "java.time.Duration" -> "17s";
            case "org.springframework.util.unit.DataSize" -> "21000000B";
            default -> "?";
        };
    }

    private static String expected(String value, String type) {
        if (type.equals("java.time.Duration")) {
            return value.equals("1h") ? "PT1H" : Duration.ofSeconds(17).toString();
        }
        if (type.equals("org.springframework.util.unit.DataSize")) {
            return String.valueOf(DataSize.parse(value).toBytes());
        }
        return value.replace("-", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the value of an option by the accessors that its property names. */
    private static Object option(String name, Map<String, String> source) {
        if (name.startsWith("everwire.netty.")) {
            // Some limits of NettyOptions are below the size that the others take.
            boolean small = name.contains("request-line") || name.contains("header-bytes");
            source.replace(name, "21000000B", small ? "21000B" : "21000000B");
            Object value = walk(netty(source), name.substring("everwire.netty.".length()));
            return value.equals(21_000) ? 21_000_000 : value;
        } else if (name.startsWith("everwire.servlet.")) {
            return walk(servlet(source), name.substring("everwire.servlet.".length()));
        }
        return walk(server(source), name.substring("everwire.".length()));
    }

    private static Object walk(Object options, String path) {
        Object value = options;
        for (String part : path.split("\\.")) {
            String accessor = camel(part);
            try {
                value = value.getClass().getMethod(accessor).invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(accessor, e);
            }
        }
        return value;
    }

    private static String camel(String dashed) {
        StringBuilder camel = new StringBuilder();
        for (String word : dashed.split("-")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    private static String normal(Object value) {
        if (value instanceof Collection<?> values) {
            assertThat(values).hasSize(1);
            return normal(values.iterator().next());
        }
        return value instanceof Duration
                ? value.toString()
                : String.valueOf(value).replace("-", "").replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void mapsSetTheirOptions() {
        ServerOptions options = server(Map.of(
                "everwire.transport.websocket.close-timeout", "8s",
                "everwire.transport.websocket.heartbeat-interval", "9s",
                "everwire.transport.xhr-polling.heartbeat-timeout", "10s",
                "everwire.transport.xhr-polling.poll-duration", "11s",
                "everwire.generations.transports.eio4", "websocket",
                "everwire.generations.ping-interval.eio4", "12s",
                "everwire.generations.ping-timeout.eio4", "13s"));

        assertThat(options.transportOptions().get("websocket"))
                .satisfies(websocket -> assertThat(websocket.closeTimeout()).isEqualTo(Duration.ofSeconds(8)))
                .satisfies(
                        websocket -> assertThat(websocket.heartbeatInterval()).isEqualTo(Duration.ofSeconds(9)));
        assertThat(options.transportOptions().get("xhr-polling"))
                .satisfies(polling -> assertThat(polling.heartbeatTimeout()).isEqualTo(Duration.ofSeconds(10)))
                .satisfies(polling -> assertThat(polling.pollDuration()).isEqualTo(Duration.ofSeconds(11)));
        assertThat(options.generations().pingInterval()).containsExactly(Map.entry("eio4", Duration.ofSeconds(12)));
        assertThat(options.generations().pingTimeout()).containsExactly(Map.entry("eio4", Duration.ofSeconds(13)));
        assertThat(options.generations().transports()).containsExactly(Map.entry("eio4", Set.of("websocket")));
        assertThat(options(TransportOptions.Builder.class))
                .containsExactlyInAnyOrder("closeTimeout", "heartbeatInterval", "heartbeatTimeout", "pollDuration");
    }

    @Test
    void noClientFilesAreServedIfNoVersionIsNamed() {
        assertThat(server(Map.of("everwire.client-files", "")).clientFiles()).isEmpty();
    }

    @Test
    void aSizeThatNoOptionCanHaveIsRefused() {
        assertThatThrownBy(() -> server(Map.of("everwire.max-queued-bytes", "4GB")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxQueuedBytes");
    }

    private static ServerOptions server(Map<String, String> source) {
        return PropertyOptions.builder(bind("everwire", EverwireProperties.class, source))
                .build();
    }

    private static NettyOptions netty(Map<String, String> source) {
        return bind("everwire.netty", NettyProperties.class, source).options();
    }

    private static ServletOptions servlet(Map<String, String> source) {
        return bind("everwire.servlet", ServletProperties.class, source)
                .options()
                .build();
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> source) {
        Binder binder = new Binder(
                List.of(new MapConfigurationPropertySource(source)),
                PlaceholdersResolver.NONE,
                ApplicationConversionService.getSharedInstance());
        return binder.bindOrCreate(ConfigurationPropertyName.of(prefix).toString(), type);
    }
}
