package io.everwire.nettysocketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Compares the public API of netty-socketio with that of the façade: each type and each member is present, or absent for a reason in
 * {@code absent.txt}. {@code -Deverwire.docs.accept=true} writes the table of the guide.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private static final String PREFIX = "com.corundumstudio.socketio.";
    private static final Path PAGE =
            Path.of(System.getProperty("everwire.root", "..")).resolve("docs/netty-socketio-api.md");

    /** Reasons by {@code package.*}, by type, or by {@code type.member} for all overloads. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** The number of members that are present, and the names of absent ones, by type. */
    private final Map<String, Integer> present = new TreeMap<>();

    private final Map<String, Set<String>> absent = new TreeMap<>();

    @BeforeAll
    void compare() throws Exception {
        try (InputStream in = ApiTest.class.getResourceAsStream("/absent.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line ->
                            reasons.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
        }
        for (String name : types()) {
            Class<?> original = Class.forName(PREFIX + name, false, Library.NETTY_SOCKETIO.classes());
            if (Modifier.isPublic(original.getModifiers())) {
                compare(name, original);
            }
        }
    }

    private void compare(String name, Class<?> original) {
        Class<?> facade;
        try {
            facade = Class.forName(PREFIX + name, false, Library.EVERWIRE.classes());
        } catch (ClassNotFoundException e) {
            String group = name.substring(0, name.lastIndexOf('.') + 1) + "*";
            absent.put(reasons.containsKey(group) ? group : name, Set.of());
            return;
        }
        if (original.isInterface() != facade.isInterface()) {
            absent.computeIfAbsent(name, type -> new TreeSet<>()).add("kind");
        }
        present.put(name, 0);
        try {
            members(original).forEach(member -> {
                if (has(facade, member)) {
                    present.merge(name, 1, Integer::sum);
                } else {
                    absent.computeIfAbsent(name, type -> new TreeSet<>()).add(simple(member));
                }
            });
        } catch (NoClassDefFoundError e) {
            // A type with members of Redisson or Hazelcast, which this class loader does not have.
            absent.computeIfAbsent(name, type -> new TreeSet<>()).add("new");
        }
    }

    @Test
    void everythingIsPresentOrHasAReason() {
        Set<String> missing = new TreeSet<>();
        absent.forEach((type, members) -> {
            if (!reasons.containsKey(type)) {
                (members.isEmpty() ? Stream.of(type) : members.stream().map(member -> type + "." + member))
                        .filter(name -> !reasons.containsKey(name))
                        .forEach(missing::add);
            }
        });
        assertThat(missing).as("absent without a reason in absent.txt").isEmpty();
    }

    @Test
    void everyReasonIsNeeded() {
        assertThat(reasons.keySet())
                .allMatch(name -> absent.containsKey(name)
                        || (name.contains(".")
                                && absent.getOrDefault(name.substring(0, name.lastIndexOf('.')), Set.of())
                                        .contains(name.substring(name.lastIndexOf('.') + 1))));
    }

    @Test
    void mostUsedTypesArePresent() {
        assertThat(present.keySet())
                .contains(
                        "SocketIOServer",
                        "Configuration",
                        "SocketConfig",
                        "SocketIOClient",
                        "SocketIONamespace",
                        "BroadcastOperations",
                        "AckRequest",
                        "AckCallback",
                        "VoidAckCallback",
                        "MultiTypeAckCallback",
                        "BroadcastAckCallback",
                        "HandshakeData",
                        "AuthorizationListener",
                        "AuthTokenListener",
                        "Transport",
                        "listener.DataListener",
                        "listener.ExceptionListener",
                        "annotation.OnEvent",
                        "annotation.SpringAnnotationScanner",
                        "protocol.Packet");
    }

    @Test
    void theTableOfTheGuideHasTheResults() throws IOException {
        String table = table();
        String page = Files.readString(PAGE);
        String head = "| type | members present | absent |\n|---|---|---|\n";
        int begin = page.indexOf(head);
        assertThat(begin).isPositive();
        if (Boolean.getBoolean("everwire.docs.accept")) {
            Files.writeString(PAGE, page.substring(0, begin) + head + table);
            page = Files.readString(PAGE);
        }
        assertThat(page.substring(begin + head.length()))
                .as("-Deverwire.docs.accept=true writes it")
                .isEqualTo(table);
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        Set<String> names = new TreeSet<>(present.keySet());
        names.addAll(absent.keySet());
        for (String name : names) {
            Set<String> members = absent.getOrDefault(name, Set.of());
            table.append("| `").append(name).append("` | ");
            table.append(present.containsKey(name) ? present.get(name) : "–").append(" | ");
            if (reasons.containsKey(name)) {
                table.append(members.isEmpty() ? "" : code(members) + ": ").append(reasons.get(name));
            } else {
                table.append(members.stream()
                        .collect(Collectors.groupingBy(
                                member -> reasons.getOrDefault(name + "." + member, ""),
                                LinkedHashMap::new,
                                Collectors.toCollection(TreeSet::new)))
                        .entrySet()
                        .stream()
                        .map(entry -> code(entry.getValue()) + ": " + entry.getKey())
                        .collect(Collectors.joining("; ")));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String code(Set<String> members) {
        return members.stream().map(member -> "`" + member + "`").collect(Collectors.joining(", "));
    }

    /** Returns the names of the public types in the jar of netty-socketio, without the prefix. */
    private static List<String> types() throws IOException {
        Path jar;
        try (Stream<Path> jars =
                Files.list(Path.of(System.getProperty("everwire.root", ".."), "netty-socketio/target/original"))) {
            jar = jars.filter(file -> file.getFileName().toString().startsWith("netty-socketio-"))
                    .findFirst()
                    .orElseThrow();
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            String folder = PREFIX.replace('.', '/');
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder) && name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(folder.length(), name.length() - ".class".length())
                            .replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the members that applications see: public ones, and protected ones of types that can be extended. */
    private static Stream<Member> members(Class<?> type) {
        return Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
                .flatMap(Arrays::<Member>stream)
                .filter(member -> !member.isSynthetic() && isOpen(member))
                .filter(member -> !List.of("toString", "hashCode", "equals").contains(member.getName()));
    }

    private static boolean isOpen(Member member) {
        return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static boolean has(Class<?> facade, Member member) {
        if (member instanceof Method method) {
            return levels(facade)
                    .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                    .anyMatch(own -> own.getName().equals(method.getName())
                            && isOpen(own)
                            && types(own.getParameterTypes()).equals(types(method.getParameterTypes()))
                            && own.getReturnType()
                                    .getName()
                                    .equals(method.getReturnType().getName()));
        }
        if (member instanceof Constructor<?> constructor) {
            return Stream.of(facade.getDeclaredConstructors())
                    .anyMatch(own -> isOpen(own)
                            && types(own.getParameterTypes()).equals(types(constructor.getParameterTypes())));
        }
        return Stream.of(facade.getDeclaredFields())
                .anyMatch(own -> own.getName().equals(member.getName())
                        && isOpen(own)
                        && own.getType()
                                .getName()
                                .equals(((Field) member).getType().getName()));
    }

    private static Stream<Class<?>> levels(Class<?> type) {
        return Stream.concat(
                Stream.of(type),
                Stream.concat(
                        Stream.of(type.getInterfaces()).flatMap(ApiTest::levels),
                        Stream.ofNullable(type.getSuperclass()).flatMap(ApiTest::levels)));
    }

    private static List<String> types(Class<?>... types) {
        return Stream.of(types).map(Class::getName).toList();
    }

    private static String simple(Member member) {
        return member instanceof Constructor<?> ? "new" : member.getName();
    }
}
