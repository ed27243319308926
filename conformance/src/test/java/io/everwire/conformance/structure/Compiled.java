package io.everwire.conformance.structure;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that the build has compiled. */
final class Compiled {
    private static final Pattern GENERATION =
            Pattern.compile("io\\.everwire\\.protocol\\.(?!text\\b|msgpack\\b|generations\\b)(\\w+)(\\..*)?");

    private static final Set<String> JAVA_BASE = Object.class.getModule().getDescriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(Exports::source)
            .collect(Collectors.toSet());

    private static final String MODULE_INFO = "module-info.class";

    private Compiled() {}

    /** The main classes of the libraries. */
    static final class OfLibraries implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return locations(Tree.LIBRARIES, "classes");
        }
    }

    /** The main classes of all published modules. */
    static final class OfPublished implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return locations(Tree.PUBLISHED, "classes");
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

    /** Returns the folder of the main classes of a published module. */
    static Path classes(String module) {
        Path classes = Tree.ROOT.resolve(module + "/target/classes");
        if (Tree.files(classes, Tree.named(".class")).isEmpty() && !Files.exists(classes.resolve(MODULE_INFO))) {
            throw new IllegalStateException(Tree.show(classes) + " has no classes: build all modules first");
        }
        return classes;
    }

    /** Returns the names of the packages that a published module exports to everybody. */
    static List<String> exportedPackages(String module) {
        Path classes = classes(module);
        Path descriptor = classes.resolve(MODULE_INFO);
        if (Files.exists(descriptor)) {
            return descriptor(descriptor).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(Exports::source)
                    .sorted()
                    .toList();
        }
        // An automatic module, whose name is in its manifest (decision 53).
        return Tree.files(classes, Tree.named(".class")).stream()
                .map(file -> classes.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the name of a published module; that of its first package if it is an automatic module. */
    static String moduleName(String module) {
        Path descriptor = classes(module).resolve(MODULE_INFO);
        return Files.exists(descriptor)
                ? descriptor(descriptor).name()
                : exportedPackages(module).get(0) + " (automatic)";
    }

    /**
     * Returns a loader of the classes of a published module. Modules for frameworks were compiled with libraries that are
     * not on the class path of this test.
     */
    static ClassLoader loader(String module) {
        Path classPath = Tree.ROOT.resolve(module + "/target/class-path.txt");
        if (Tree.LIBRARIES.contains(module)) {
            return Compiled.class.getClassLoader();
        }
        Stream<Path> libraries =
                Stream.of(Tree.read(classPath).split(File.pathSeparator)).map(Path::of);
        URL[] locations = Stream.concat(Stream.of(classes(module)), libraries)
                .map(Compiled::url)
                .toArray(URL[]::new);
        return new URLClassLoader(locations, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModuleDescriptor descriptor(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            Path folder = Tree.PUBLISHED.contains(module) && kind.equals("classes")
                    ? classes(module)
                    : Tree.ROOT.resolve(module + "/target/" + kind);
            if (Files.isDirectory(folder)) {
                locations.add(Location.of(folder));
            }
        }
        return locations;
    }
}
