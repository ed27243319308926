package io.everwire.conformance.structure;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A copy of the libraries, main code and tests, without one generation. */
final class CutTree {
    private static final String CLIENT_FILES = "io/everwire/clientfiles";
    private static final long TEST_SECONDS = 900;

    /** The number of characters of the output that are shown if it ends without a summary. */
    private static final int LAST_WORDS = 8_000;

    private final Path root;
    private final Path classes;
    private final Path runner;

    private CutTree(Path root) {
        this.root = root;
        this.classes = root.resolve("classes");
        this.runner = root.resolve("runner");
    }

    /** Copies everything but the generation into an empty folder. */
    static CutTree copy(Path folder, String generation) throws IOException {
        CutTree tree = new CutTree(folder);
        for (String library : Tree.LIBRARIES) {
            tree.copyTree(Tree.ROOT.resolve(library + "/src"), generation);
        }
        tree.copyTree(Tree.ROOT.resolve("transcripts"), generation);
        tree.copyTree(Tree.ROOT.resolve("vectors"), generation);
        tree.copyResources(generation);
        Path generations = tree.root.resolve(Tree.show(Tree.GENERATIONS));
        Files.writeString(generations, without(generation, Files.readString(generations)));
        return tree;
    }

    /** Compiles all sources together; returns the errors. */
    String compile() throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<Path> sources =
                Tree.files(root, file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"));
        List<String> options = List.of(
                "--release", "17", "-proc:none", "-Xlint:none", "-d", classes.toString(), "-cp", join(libraries()));
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            javac.getTask(null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.toString().replace(root + File.separator, ""))
                .collect(joining("\n"));
    }

    /** Runs all tests in a separate process; returns its summary, or the end of its output. */
    String test() throws IOException, InterruptedException {
        copyRunner();
        Path output = root.resolve("output.txt");
        Process process = new ProcessBuilder(command())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(TEST_SECONDS, TimeUnit.SECONDS);
            String summary = summary(Tree.read(output));
            return ended ? summary : summary + "\nnot ended after " + TEST_SECONDS + " s";
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * Uses the flags of the build, an own folder of temporary files, and a timeout for each test, so that a test that
     * hangs is named.
     */
    private List<String> command() throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(classes, runner));
        classPath.addAll(libraries());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Deverwire.root=" + root,
                "-Dio.netty.leakDetection.level=paranoid",
                // The settings of another module's tests come first on the class path and turn all logs off.
                "-Dorg.slf4j.simpleLogger.log.io.everwire.servlet.SocketIoFilter=warn",
                "-Djunit.jupiter.execution.timeout.default=60s",
                "-Djava.io.tmpdir=" + Files.createDirectory(root.resolve("tmp")),
                "-cp",
                join(classPath),
                RemainingTests.class.getName(),
                classes.toString());
    }

    private static String summary(String printed) {
        int begin = printed.lastIndexOf(RemainingTests.SUMMARY);
        return printed.substring(begin < 0 ? Math.max(0, printed.length() - LAST_WORDS) : begin)
                .strip();
    }

    /** Returns the list of generations without the import and the constructor call of one of them. */
    static String without(String generation, String generations) {
        String type = Tree.generations().get(generation);
        String cut = Tree.GENERATION_IMPORT
                .matcher(generations)
                .replaceAll(line -> line.group(1).equals(generation) ? "" : line.group());
        cut = cut.replaceFirst("new " + Pattern.quote(type) + "\\(\\)\\s*,?", "");
        // If it was the last, the comma before it is removed too.
        return cut.replaceFirst(",(\\s*(//[^\\n]*)?\\s*\\);)", "$1");
    }

    private void copyTree(Path folder, String generation) throws IOException {
        for (Path file : Tree.files(folder, file -> !Tree.isOfGeneration(file, generation))) {
            copy(file, root.resolve(Tree.show(file)));
        }
    }

    /** Copies the resources beside the classes, with the client files that the build has packed. */
    private void copyResources(String generation) throws IOException {
        for (String library : Tree.LIBRARIES) {
            for (String kind : List.of("main", "test")) {
                Path resources = Tree.ROOT.resolve(library + "/src/" + kind + "/resources");
                for (Path file : Tree.files(resources, file -> !Tree.isOfGeneration(file, generation))) {
                    copy(file, classes.resolve(resources.relativize(file)));
                }
            }
        }
        Path built = Compiled.classes("client-files");
        for (Path file : Tree.files(built.resolve(CLIENT_FILES), file -> true)) {
            copy(file, classes.resolve(built.relativize(file)));
        }
    }

    /** Copies the class of the runner, without the rest of its package. */
    private void copyRunner() throws IOException {
        String name = RemainingTests.class.getName().replace('.', '/') + ".class";
        Path target = runner.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = RemainingTests.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, target);
        }
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        // Two modules may have a resource of the same name, such as the settings of their logger.
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the class path of this test without Everwire's own modules. */
    private static List<Path> libraries() throws IOException {
        List<Path> libraries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.exists(path) && !isOurs(path)) {
                libraries.add(path);
            }
        }
        return libraries;
    }

    private static boolean isOurs(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return entry.startsWith(Tree.ROOT) || Files.exists(entry.resolve("io/everwire"));
        }
        try (FileSystem jar = FileSystems.newFileSystem(entry, Map.of())) {
            return Files.exists(jar.getPath("io/everwire"));
        }
    }

    private static String join(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(joining(File.pathSeparator));
    }
}
