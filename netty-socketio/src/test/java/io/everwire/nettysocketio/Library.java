package io.everwire.nettysocketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.NestedRuntimeException;

/** The two libraries that the demo application is compiled with. */
enum Library {
    NETTY_SOCKETIO,
    EVERWIRE;

    private static final Path MODULE = module();
    private static final String APPLICATION = "io.everwire.nettysocketio.demo.DemoApplication";

    /** Loads netty-socketio and everything that it needs, and nothing of Everwire. Created once: it stays open. */
    private static final ClassLoader ORIGINAL =
            new URLClassLoader("netty-socketio", original().toArray(URL[]::new), ClassLoader.getPlatformClassLoader());

    private ClassLoader application;

    /** Returns the classes of the library alone. */
    ClassLoader classes() {
        return this == EVERWIRE ? Library.class.getClassLoader() : ORIGINAL;
    }

    /** Compiles the demo application with the library, and starts it. */
    @SuppressWarnings("unchecked")
    synchronized Runnable start(Map<String, Object> settings) throws Exception {
        if (application == null) {
            application = compile();
        }
        Class<?> demo = application.loadClass(APPLICATION);
        return ((Function<Map<String, Object>, Runnable>)
                        demo.getDeclaredConstructor().newInstance())
                .apply(settings);
    }

    private ClassLoader compile() throws IOException {
        Path output =
                Files.createDirectories(MODULE.resolve("target/demo-" + name().toLowerCase(java.util.Locale.ROOT)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(MODULE.resolve("src/test/java/io/everwire/nettysocketio/demo"))) {
            List<String> options = List.of("-proc:none", "-d", output.toString(), "-classpath", classPath());
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources.toList()))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {url(output)}, classes()) {
            /** The façade's tests have the same classes, compiled by the build. */
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    if (name.startsWith("io.everwire.nettysocketio.demo.") && findLoadedClass(name) == null) {
                        return findClass(name);
                    }
                    return super.loadClass(name, resolve);
                }
            }
        };
    }

    private String classPath() {
        return this == EVERWIRE
                ? System.getProperty("java.class.path")
                : String.join(
                        System.getProperty("path.separator"),
                        original().stream().map(Library::file).toList());
    }

    private static List<URL> original() {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(MODULE.resolve("target/original"))) {
            jars.forEach(jar -> urls.add(url(jar)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Class<?> of : List.of(
                LoggerFactory.class,
                SimpleLoggerFactory.class,
                BeanPostProcessor.class,
                NestedRuntimeException.class)) {
            urls.add(of.getProtectionDomain().getCodeSource().getLocation());
        }
        return urls;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("src/main/java/com/corundumstudio"))
                ? here
                : here.resolve("netty-socketio");
    }
}
