package io.everwire.conformance.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.everwire.conformance.structure.Compiled.javaBase;
import static io.everwire.conformance.structure.Compiled.packages;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;

/** The imports that each package may have. All packages may use {@code java.base} and the annotations of JSpecify. */
@AnalyzeClasses(locations = Compiled.OfPublished.class)
final class ImportRulesTest {
    private static final String PROTOCOL = "io.everwire.protocol";
    private static final String TEXT = "io.everwire.protocol.text";
    private static final String MSGPACK = "io.everwire.protocol.msgpack";
    private static final String GENERATIONS = "io.everwire.protocol.generations";
    private static final String API = "io.everwire";
    private static final String ADAPTER = "io.everwire.adapter";
    private static final String JSON = "io.everwire.json";
    private static final String CORE = "io.everwire.core";
    private static final String CONNECT = "io.everwire.core.connect";
    private static final String DISPATCH = "io.everwire.core.dispatch";
    private static final String REQUEST = "io.everwire.core.request";
    private static final String ENGINE = "io.everwire.engine";
    private static final String FRAMES = "io.everwire.engine.frames";
    private static final String CLUSTER = "io.everwire.cluster";
    private static final String NETTY_HOST = "io.everwire.netty";
    private static final String REACTOR_HOST = "io.everwire.reactor";
    private static final String MICROMETER = "io.everwire.micrometer";
    private static final String SPRING = "io.everwire.spring";
    private static final String SPRING_SECURITY = "io.everwire.spring.security";
    private static final String BOOT = "io.everwire.spring.boot";
    private static final String BOOT_TEST = "io.everwire.spring.boot.test";
    private static final String FACADE = "com.corundumstudio.socketio..";
    private static final String SLF4J = "org.slf4j..";

    private static final DescribedPredicate<JavaClass> GENERATION =
            describe("a generation", type -> !Compiled.generation(type).isEmpty());

    private static final String[] PACKAGES = {
        PROTOCOL,
        TEXT,
        MSGPACK,
        GENERATIONS,
        API,
        ADAPTER,
        JSON,
        CORE,
        CONNECT,
        DISPATCH,
        REQUEST,
        ENGINE,
        FRAMES,
        "io.everwire.jackson",
        NETTY_HOST,
        REACTOR_HOST,
        CLUSTER,
        "io.everwire.redis",
        "io.everwire.servlet",
        "io.everwire.testkit..",
        MICROMETER,
        SPRING,
        SPRING_SECURITY,
        BOOT,
        BOOT_TEST,
        FACADE,
        "io.everwire.rewrite"
    };

    @ArchTest
    static final ArchRule everyPackageHasARule = classes()
            .should(ArchCondition.from(packages(PACKAGES).or(GENERATION)))
            .as("every class should be in a generation or in one of " + String.join(", ", PACKAGES))
            .because("a package without a rule may import anything: first write the rule of a new package");

    // The protocol

    @ArchTest
    static final ArchRule text =
            only(packages(TEXT), packages(TEXT), "text is pure functions on bytes, without packets and sessions");

    @ArchTest
    static final ArchRule protocol = only(
            packages(PROTOCOL),
            packages(PROTOCOL, TEXT),
            "the seam knows no generation and no engine, and depends on the JDK alone");

    @ArchTest
    static final ArchRule msgpack = only(
            packages(MSGPACK),
            packages(MSGPACK, PROTOCOL, TEXT),
            "msgpack is a form of JSON with attachments, whatever sends it");

    @ArchTest
    static final ArchRule generations = only(
            GENERATION,
            packages(PROTOCOL, TEXT, MSGPACK).or(GENERATION),
            "a generation is called and answers through the seam: it depends on nothing else");

    @ArchTest
    static final ArchRule aGenerationKnowsNoOtherGeneration = slices().assignedFrom(
                    by("generation", Compiled::generation))
            .should()
            .notDependOnEachOther()
            .because("a generation changes and is removed without the others; a copy is cheaper than a dependency");

    @ArchTest
    static final ArchRule listOfGenerations = only(
            packages(GENERATIONS), packages(GENERATIONS, PROTOCOL).or(GENERATION), "it is only a list of generations");

    @ArchTest
    static final ArchRule onlyTheListNamesGenerations = noClasses()
            .that(not(GENERATION).and(not(packages(GENERATIONS))))
            .should()
            .dependOnClassesThat(GENERATION)
            .because("a generation is added or removed by its line in Generations");

    // The server

    @ArchTest
    static final ArchRule json = only(packages(JSON), packages(JSON), "a JSON library is bound without the server");

    @ArchTest
    static final ArchRule adapter = only(
            packages(ADAPTER),
            packages(ADAPTER, PROTOCOL),
            "an adapter carries packets; sessions and sockets belong to the server");

    @ArchTest
    static final ArchRule engine = only(
            packages(ENGINE),
            packages(ENGINE, PROTOCOL, GENERATIONS, SLF4J),
            "the engine runs sessions and knows neither namespaces nor the API");

    @ArchTest
    static final ArchRule frames = only(
            packages(FRAMES),
            packages(FRAMES, ENGINE, PROTOCOL, TEXT),
            "every host can use the frames: they know no library of a host");

    @ArchTest
    static final ArchRule api = only(
            packages(API),
            packages(API, ADAPTER, JSON),
            "the API is interfaces and values: applications mock and replace it without core, engine and generations");

    @ArchTest
    static final ArchRule partsOfCore = only(
            packages(CONNECT, DISPATCH, REQUEST),
            packages(CONNECT, DISPATCH, REQUEST, API, ADAPTER, JSON, ENGINE, PROTOCOL, TEXT, SLF4J),
            "a part takes the interfaces it uses, and knows neither the running server nor the list of generations");

    @ArchTest
    static final ArchRule core = only(
            packages(CORE),
            packages(CORE, CONNECT, DISPATCH, REQUEST, API, ADAPTER, JSON, ENGINE, PROTOCOL, TEXT, GENERATIONS, SLF4J),
            "the implementation knows no host and no JSON library");

    // Around the server

    @ArchTest
    static final ArchRule jackson = only(
            packages("io.everwire.jackson"),
            packages("io.everwire.jackson", JSON, "tools.jackson..", "com.fasterxml.jackson.annotation"),
            "a codec implements the extension point for JSON");

    @ArchTest
    static final ArchRule netty = only(
            packages(NETTY_HOST),
            packages(NETTY_HOST, API, ENGINE, FRAMES, PROTOCOL, TEXT, "io.netty..", SLF4J),
            "a host moves bytes between its library and the engine");

    @ArchTest
    static final ArchRule reactorNetty = only(
            packages(REACTOR_HOST),
            packages(REACTOR_HOST, NETTY_HOST, API, "reactor.netty..", "io.netty.."),
            "it only finds the place of the Netty host's handler");

    @ArchTest
    static final ArchRule cluster = only(
            packages(CLUSTER),
            packages(CLUSTER, ADAPTER, JSON, PROTOCOL, TEXT, MSGPACK),
            "the messages of a cluster are the same on every line, so they know no library that moves bytes");

    @ArchTest
    static final ArchRule redis = only(
            packages("io.everwire.redis"),
            packages("io.everwire.redis", CLUSTER, ADAPTER, PROTOCOL, "io.lettuce..", "io.netty.."),
            "a line moves bytes and knows no message");

    @ArchTest
    static final ArchRule servlet = only(
            packages("io.everwire.servlet"),
            packages(
                    "io.everwire.servlet",
                    API,
                    ENGINE,
                    FRAMES,
                    PROTOCOL,
                    TEXT,
                    "jakarta.servlet..",
                    "jakarta.websocket..",
                    "org.apache.coyote..",
                    "org.apache.tomcat..",
                    "org.eclipse.jetty.io..",
                    "org.eclipse.jetty.server..",
                    "org.eclipse.jetty.util..",
                    SLF4J),
            "a host moves bytes between its container and the engine");

    @ArchTest
    static final ArchRule tomcatStaysInItsClasses = noClasses()
            .that(describe("are not for Tomcat", type -> !type.getName().contains(".Tomcat")))
            .should()
            .dependOnClassesThat(packages("org.apache.coyote..", "org.apache.tomcat.."))
            .because("other containers do not have these classes");

    @ArchTest
    static final ArchRule jettyStaysInItsClasses = noClasses()
            .that(describe("are not for Jetty", type -> !type.getName().contains(".Jetty")))
            .should()
            .dependOnClassesThat(packages("org.eclipse.jetty.."))
            .because("other containers do not have these classes");

    @ArchTest
    static final ArchRule testkit = only(
            packages("io.everwire.testkit.."),
            packages(
                    "io.everwire.testkit..",
                    API,
                    CORE,
                    ENGINE,
                    ADAPTER,
                    JSON,
                    PROTOCOL,
                    TEXT,
                    GENERATIONS,
                    "org.junit..",
                    "org.assertj.."),
            "its contracts test hosts and adapters on any library");

    @ArchTest
    static final ArchRule nettyStaysInItsHost = noClasses()
            .that(not(packages(NETTY_HOST, REACTOR_HOST, BOOT, FACADE, "io.everwire.redis")))
            .should()
            .dependOnClassesThat(packages("io.netty.."))
            .because("users of other hosts have no Netty");

    // Frameworks and other libraries

    @ArchTest
    static final ArchRule micrometer = only(
            packages(MICROMETER),
            packages(MICROMETER, API, ADAPTER, PROTOCOL, "io.micrometer.."),
            "meters read what every application can read");

    @ArchTest
    static final ArchRule spring = only(
            packages(SPRING),
            packages(SPRING, API, PROTOCOL, "org.springframework..", "jakarta.validation..", "reactor.core.."),
            "annotated handlers use the API of applications, and know neither a host nor Spring Boot");

    @ArchTest
    static final ArchRule springSecurity = only(
            packages(SPRING_SECURITY),
            packages(SPRING_SECURITY, SPRING, API, "org.springframework..", "reactor.."),
            "users come from the handshake, on every host");

    @ArchTest
    static final ArchRule springWithoutLaterLayers = noClasses()
            .that(packages(SPRING, SPRING_SECURITY))
            .should()
            .dependOnClassesThat(packages("org.springframework.boot..", "org.springframework.web.."))
            .because("the annotations work without Spring Boot and in every kind of application");

    @ArchTest
    static final ArchRule securityIsOptional = noClasses()
            .that(packages(SPRING))
            .should()
            .dependOnClassesThat(packages("org.springframework.security.."))
            .because("an application may have no Spring Security");

    @ArchTest
    static final ArchRule reactorIsOptional = noClasses()
            .that(packages(SPRING, SPRING_SECURITY)
                    .and(describe("are not for Reactor", type -> !type.getName().contains(".Reactor"))))
            .should()
            .dependOnClassesThat(packages("reactor.."))
            .because("an application may have no Reactor");

    @ArchTest
    static final ArchRule boot = only(
            packages(BOOT),
            packages(
                    BOOT,
                    SPRING,
                    SPRING_SECURITY,
                    MICROMETER,
                    API,
                    ADAPTER,
                    JSON,
                    PROTOCOL,
                    NETTY_HOST,
                    REACTOR_HOST,
                    "io.everwire.servlet",
                    "io.everwire.jackson",
                    "org.springframework..",
                    "io.micrometer..",
                    "io.netty..",
                    "org.eclipse.jetty..",
                    "org.reactivestreams..",
                    "reactor..",
                    "jakarta.servlet..",
                    "tools.jackson..",
                    SLF4J),
            "the starter puts public parts together: neither core nor engine, and nothing for tests");

    @ArchTest
    static final ArchRule bootTest = only(
            packages(BOOT_TEST),
            packages(
                    BOOT_TEST,
                    BOOT,
                    SPRING,
                    API,
                    JSON,
                    "io.everwire.testkit..",
                    "org.springframework..",
                    "org.junit.."),
            "the test slice puts controllers on the server in memory");

    @ArchTest
    static final ArchRule facade = only(
            packages(FACADE),
            packages(
                    FACADE,
                    API,
                    JSON,
                    PROTOCOL,
                    NETTY_HOST,
                    "io.netty..",
                    "com.fasterxml.jackson..",
                    "org.springframework.beans..",
                    SLF4J),
            "the names of another library are translated to the API of applications");

    @ArchTest
    static final ArchRule rewrite = only(
            packages("io.everwire.rewrite"),
            packages("io.everwire.rewrite", "org.openrewrite.."),
            "recipes know both libraries by name only");

    private static ArchRule only(
            DescribedPredicate<JavaClass> importing, DescribedPredicate<JavaClass> allowed, String why) {
        return classes()
                .that(importing)
                .should()
                .onlyDependOnClassesThat(allowed.or(javaBase()).or(packages("org.jspecify.annotations")))
                .as(importing.getDescription() + " should only import java.base, JSpecify, " + allowed.getDescription())
                .because(why);
    }

    /** Assigns each class to the slice of a name; a class without a name belongs to no slice. */
    private static SliceAssignment by(String kind, Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String slice = name.apply(type);
                return slice.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(slice);
            }

            @Override
            public String getDescription() {
                return "every " + kind;
            }
        };
    }
}
