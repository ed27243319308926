package io.everwire.conformance.structure;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests below a folder, in the JVM that {@link CutTree} starts. Prints the failures with their reasons. */
final class RemainingTests {
    /** The line that begins the summary, after the output of the tests. */
    static final String SUMMARY = "-- summary --";

    /** The last line if there are tests and all pass. */
    static final String PASSED = "PASSED";

    /** The same pattern of names as in the build. */
    private static final String TESTS = "(.*\\.)?(Test[^.$]*|[^.$]*(Test|Tests|TestCase))";

    private static final int STACK_FRAMES = 15;

    /** Tests with real Redis servers, and of one more host with the echo generation: they take minutes and use no generation. */
    private static final String[] WITHOUT_GENERATIONS = {"io\\.everwire\\.redis\\..*", ".*\\.Reactor\\w+HostTest"};

    private RemainingTests() {}

    public static void main(String[] args) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of(args[0]))))
                .filters(includeClassNamePatterns(TESTS), excludeClassNamePatterns(WITHOUT_GENERATIONS))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true);
        out.println();
        out.println(SUMMARY);
        summary.printFailuresTo(out, STACK_FRAMES);
        out.println(summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount() + " tests passed");
        boolean passed = summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
        out.println(passed ? PASSED : "FAILED");
        System.exit(passed ? 0 : 1);
    }
}
