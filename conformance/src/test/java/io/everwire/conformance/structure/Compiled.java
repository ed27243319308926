package io.everwire.conformance.structure;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.lang.module.ModuleDescriptor.Exports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The classes that the build has compiled. */
final class Compiled {
    private static final Pattern GENERATION =
            Pattern.compile("io\\.everwire\\.protocol\\.(?!text\\b|msgpack\\b|generations\\b)(\\w+)(\\..*)?");

    private static final Set<String> JAVA_BASE = Object.class.getModule().getDescriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(Exports::source)
            .collect(Collectors.toSet());

    private Compiled() {}

    /** The main classes of the libraries. */
    static final class OfLibraries implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return locations(Tree.LIBRARIES, "classes");
        }
    }

    /** All classes, tests included. */
    static final class OfEverything implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            Set<Location> locations = locations(Tree.MODULES, "test-classes");
            locations.addAll(locations(Tree.MODULES, "classes"));
            return locations;
        }
    }

    /**
     * The libraries without a {@code module-info}, whose names of modules are in their manifests, each with its exported
     * packages (decision 53).
     */
    private static final Map<String, List<String>> AUTOMATIC = Map.of("servlet", List.of("io.everwire.servlet"));

    /** Returns the folder of the main classes of a library. */
    static Path classes(String library) {
        Path classes = Tree.ROOT.resolve(library + "/target/classes");
        String sign =
                AUTOMATIC.containsKey(library) ? AUTOMATIC.get(library).get(0).replace('.', '/') : "module-info.class";
        if (!Files.exists(classes.resolve(sign))) {
            throw new IllegalStateException(Tree.show(classes) + " has no " + sign + ": build all modules first");
        }
        return classes;
    }

    /** Returns the packages that a library without a {@code module-info} exports; empty for all others. */
    static List<String> automaticPackages(String library) {
        return AUTOMATIC.getOrDefault(library, List.of());
    }

    /** Returns the generation that a class belongs to, or an empty text. */
    static String generation(JavaClass type) {
        Matcher generation = GENERATION.matcher(type.getBaseComponentType().getPackageName());
        return generation.matches() ? generation.group(1) : "";
    }

    /** Matches the exported types of {@code java.base}, and primitive types. */
    static DescribedPredicate<JavaClass> javaBase() {
        return DescribedPredicate.describe("java.base", type -> {
            JavaClass element = type.getBaseComponentType();
            return element.isPrimitive() || JAVA_BASE.contains(element.getPackageName());
        });
    }

    /** Matches classes in these packages, and below those with two dots at the end; arrays count as their elements. */
    static DescribedPredicate<JavaClass> packages(String... packages) {
        DescribedPredicate<JavaClass> inside = JavaClass.Predicates.resideInAnyPackage(packages);
        return DescribedPredicate.describe(
                String.join(", ", packages), type -> inside.test(type.getBaseComponentType()));
    }

    private static Set<Location> locations(List<String> modules, String kind) {
        Set<Location> locations = new HashSet<>();
        for (String module : modules) {
            Path folder = Tree.LIBRARIES.contains(module) && kind.equals("classes")
                    ? classes(module)
                    : Tree.ROOT.resolve(module + "/target/" + kind);
            if (Files.isDirectory(folder)) {
                locations.add(Location.of(folder));
            }
        }
        return locations;
    }
}
