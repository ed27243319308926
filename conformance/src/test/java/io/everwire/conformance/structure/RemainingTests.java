package io.everwire.conformance.structure;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Runs the tests below a folder, in the JVM that {@link CutTree} starts. Prints the failures with their reasons. */
final class RemainingTests {
    /** The line that begins the summary, after the output of the tests. */
    static final String SUMMARY = "-- summary --";

    /** The last line if there are tests and all pass. */
    static final String PASSED = "PASSED";

    /** The same pattern of names as in the build. */
    private static final String TESTS = "(.*\\.)?(Test[^.$]*|[^.$]*(Test|Tests|TestCase))";

    private static final int STACK_FRAMES = 15;

    /**
     * Tests with real Redis servers, of hosts with the echo generation, and of one decoder with random input: they take minutes and need
     * no other generation.
     */
    private static final String[] WITHOUT_GENERATIONS = {"io\\.everwire\\.redis\\..*", ".*HostTest", ".*FuzzTest"};

    private RemainingTests() {}

    public static void main(String[] args) {
        TestExecutionSummary summary = run(LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(args[0]))))
                .filters(includeClassNamePatterns(TESTS), excludeClassNamePatterns(WITHOUT_GENERATIONS)));
        PrintWriter out = new PrintWriter(System.out, true);
        out.println();
        out.println(SUMMARY);
        summary.printFailuresTo(out, STACK_FRAMES);
        out.println(summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount() + " tests passed");
        boolean passed = summary.getTestsSucceededCount() > 0
                && (summary.getTotalFailureCount() == 0 || passAgain(summary.getFailures(), out));
        out.println(passed ? PASSED : "FAILED");
        System.exit(passed ? 0 : 1);
    }

    /**
     * Runs the tests that failed once more. One that needs the generation fails again. The build runs the same tests, and
     * only once: one that fails now and then is found there.
     */
    private static boolean passAgain(List<Failure> failures, PrintWriter out) {
        List<UniqueIdSelector> failed = failures.stream()
                .map(failure -> selectUniqueId(failure.getTestIdentifier().getUniqueId()))
                .toList();
        TestExecutionSummary again =
                run(LauncherDiscoveryRequestBuilder.request().selectors(failed));
        again.printFailuresTo(out, STACK_FRAMES);
        out.println(again.getTestsSucceededCount() + " of them passed when they ran again");
        return again.getTestsSucceededCount() > 0 && again.getTotalFailureCount() == 0;
    }

    private static TestExecutionSummary run(LauncherDiscoveryRequestBuilder request) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), listener);
        return listener.getSummary();
    }
}
