package io.everwire.conformance.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Neither the server nor a test sleeps. */
@AnalyzeClasses(locations = Compiled.OfEverything.class)
final class NoSleepTest {
    @ArchTest
    static final ArchRule noSleep = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe("sleep", NoSleepTest::isSleep))
            .because(
                    "a test that sleeps is too slow or too early: move the virtual clock, or await the expected event");

    private static boolean isSleep(JavaMethodCall call) {
        String method = call.getTargetOwner().getName() + '.' + call.getName();
        return method.equals("java.lang.Thread.sleep")
                || method.equals("java.util.concurrent.TimeUnit.sleep")
                || method.startsWith("java.util.concurrent.locks.LockSupport.park");
    }
}
