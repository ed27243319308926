package io.everwire.conformance.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.everwire.conformance.structure.Compiled.packages;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The protocol is state machines without I/O: the engine and the hosts have the threads, the time, the sockets and
 * the logs.
 */
@AnalyzeClasses(locations = Compiled.OfLibraries.class)
final class SansIoTest {
    private static final String PROTOCOL = "io.everwire.protocol..";
    private static final String CLOCK = "time is an argument: tick(now) in, wakeAt(t) out";
    private static final String SERIAL = "the calls on a session never overlap: the engine serializes them";

    private static final Set<String> CLOCK_METHODS = Set.of("nanoTime", "currentTimeMillis");
    private static final Set<String> MONITOR_METHODS = Set.of("wait", "notify", "notifyAll");

    /** The types of {@code java.net} and {@code java.io} that use neither network nor disk. */
    private static final Set<String> HARMLESS = Set.of(
            "java.net.InetSocketAddress",
            "java.net.InetAddress",
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.net.URLDecoder",
            "java.net.URLEncoder",
            "java.io.ByteArrayOutputStream",
            "java.io.Serializable");

    @ArchTest
    static final ArchRule noThread = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .dependOnClassesThat(
                    ofTypes(Thread.class, ThreadGroup.class, ThreadLocal.class, Process.class, ProcessBuilder.class)
                            .or(packages("java.util.concurrent..")))
            .because(SERIAL);

    @ArchTest
    static final ArchRule noVolatileField = noFields()
            .that()
            .areDeclaredInClassesThat(packages(PROTOCOL))
            .should()
            .haveModifier(VOLATILE)
            .because(SERIAL);

    @ArchTest
    static final ArchRule noSynchronizedMethod = noMethods()
            .that()
            .areDeclaredInClassesThat(packages(PROTOCOL))
            .should()
            .haveModifier(SYNCHRONIZED)
            .because(SERIAL);

    @ArchTest
    static final ArchRule noMonitor = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .callMethodWhere(describe(
                    "wait for another thread or wake it",
                    call -> isOf(call.getTarget(), Object.class, MONITOR_METHODS)))
            .because(SERIAL);

    @ArchTest
    static final ArchRule noClock = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .callMethodWhere(describe("read the clock", call -> isOf(call.getTarget(), System.class, CLOCK_METHODS)))
            .because(CLOCK);

    @ArchTest
    static final ArchRule noTimer = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .dependOnClassesThat(packages("java.time..").or(ofTypes(Timer.class, TimerTask.class, Date.class)))
            .because(CLOCK);

    @ArchTest
    static final ArchRule noSocketAndNoFile = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .dependOnClassesThat(describe(
                    "do input or output",
                    (JavaClass type) -> packages("java.net..", "java.io..", "java.nio.channels..", "java.nio.file..")
                                    .test(type)
                            && !HARMLESS.contains(type.getBaseComponentType().getName())))
            .because("bytes pass through Exchange and WebSocketLine");

    @ArchTest
    static final ArchRule noLogger = noClasses()
            .that(packages(PROTOCOL))
            .should()
            .dependOnClassesThat(packages("org.slf4j..", "java.util.logging.."))
            .orShould()
            .callMethod(System.class, "getLogger", String.class)
            .because("a session notifies its listener; the engine decides what is logged");

    private static DescribedPredicate<JavaClass> ofTypes(Class<?>... types) {
        return describe(
                "are one of " + List.of(types),
                type -> List.of(types).stream()
                        .anyMatch(forbidden -> type.getBaseComponentType().isEquivalentTo(forbidden)));
    }

    private static boolean isOf(AccessTarget target, Class<?> owner, Set<String> methods) {
        return target.getOwner().isAssignableTo(owner) && methods.contains(target.getName());
    }
}
