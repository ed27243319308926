package io.everwire.netty;

import io.netty.util.Version;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the version of Netty before the host uses it. Applications inherit versions from a parent or a BOM, and Netty 4.1 would cause
 * a {@code NoClassDefFoundError} that names no version. Uses only classes that Netty 4.1 has, too.
 */
final class NettyVersion {
    /** The version with which the tests of this release run. */
    static final String TESTED = "4.2.18.Final";

    private static final List<String> NEEDED =
            List.of("netty-common", "netty-buffer", "netty-transport", "netty-handler", "netty-codec-http");

    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*");

    private NettyVersion() {}

    /**
     * Checks the versions that the artifacts of Netty state.
     *
     * @throws IllegalStateException if one is older than 4.2
     */
    static void check() {
        ClassLoader loader = NettyVersion.class.getClassLoader();
        Map<String, String> found = new TreeMap<>();
        Version.identify(loader).forEach((artifact, version) -> found.put(artifact, version.artifactVersion()));
        boolean springBoot = loader.getResource("org/springframework/boot/SpringApplication.class") != null;
        String problem = problem(found, springBoot);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    /**
     * Returns a sentence about the first artifact that is too old, or null.
     *
     * @param found versions by artifact; without an entry for artifacts that state no version, such as shaded ones
     */
    static @Nullable String problem(Map<String, String> found, boolean springBoot) {
        for (String artifact : NEEDED) {
            String version = found.get(artifact);
            if (version != null && isTooOld(version)) {
                return "Everwire needs Netty 4.2 (tested: " + TESTED + "), but this application has " + artifact + " "
                        + version + "; " + remedy(springBoot);
            }
        }
        return null;
    }

    private static String remedy(boolean springBoot) {
        return springBoot
                ? "Spring Boot manages this version: set the property netty.version of your build to " + TESTED
                : "a parent or BOM of your build manages this version: set its property netty.version, or import"
                        + " io.netty:netty-bom before it, to " + TESTED;
    }

    private static boolean isTooOld(String version) {
        Matcher parts = MAJOR_AND_MINOR.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major < 4 || (major == 4 && Integer.parseInt(parts.group(2)) < 2);
    }
}
