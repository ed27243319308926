package io.everwire.jackson;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.PackageVersion;

/**
 * Checks that the annotations of Jackson fit its databind. Both have their own version numbers, and applications often inherit that
 * of the annotations from a BOM of Jackson 2. The first value would then cause a {@code NoClassDefFoundError}.
 */
final class JacksonVersion {
    /** The first version of databind that uses a class of {@link #ANNOTATIONS}. */
    private static final int DATABIND_MINOR = 2;

    /** The minor version of the annotations 2.x that it needs. */
    private static final int ANNOTATIONS = 22;

    /** The BOM of Jackson 2 with these annotations. */
    private static final String BOM = "2.22.4";

    private static final Pattern MINOR = Pattern.compile("2\\.(\\d{1,4})([.-].*)?");

    private JacksonVersion() {}

    /**
     * Checks the versions on the class path or module path.
     *
     * @throws IllegalStateException if the annotations are too old
     */
    static void check() {
        ClassLoader loader = JacksonVersion.class.getClassLoader();
        boolean springBoot = loader.getResource("org/springframework/boot/SpringApplication.class") != null;
        String problem = problem(PackageVersion.VERSION, annotations(), springBoot);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    /** Returns the version of the annotations: that of their module or of the manifest; null if neither states one. */
    private static @Nullable String annotations() {
        return Optional.ofNullable(JsonProperty.class.getModule().getDescriptor())
                .flatMap(module -> module.rawVersion())
                .orElse(JsonProperty.class.getPackage().getImplementationVersion());
    }

    /** Returns a sentence about annotations that are too old, or null. */
    static @Nullable String problem(Version databind, @Nullable String annotations, boolean springBoot) {
        Matcher minor = MINOR.matcher(annotations == null ? "" : annotations);
        boolean needed = databind.getMajorVersion() == 3 && databind.getMinorVersion() >= DATABIND_MINOR;
        if (!needed || !minor.matches() || Integer.parseInt(minor.group(1)) >= ANNOTATIONS) {
            return null;
        }
        return "jackson-databind " + databind + " needs jackson-annotations 2." + ANNOTATIONS
                + " or later, but this application has " + annotations + "; "
                + (springBoot ? "Spring Boot" : "a parent or BOM of your build")
                + " manages this version: set the property jackson-bom.version of your build to " + BOM;
    }
}
