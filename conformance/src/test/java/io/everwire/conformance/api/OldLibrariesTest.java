package io.everwire.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Versions of Netty and Jackson that are too old, such as the versions that Spring Boot 3.5 manages. The old jars replace the jars of
 * the build in a class loader of their own.
 */
class OldLibrariesTest {
    private static final Path OLD = Path.of(System.getProperty("everwire.root"), "conformance/target/old");

    @Test
    void anOldNettyIsNamedBeforeThePortOpens() throws Exception {
        assertThat(failure(OLD.resolve("netty"), "netty-"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Everwire needs Netty 4.2 (tested: ")
                .hasMessageContaining(
                        "), but this application has netty-common 4.1.138.Final; a parent or BOM of your build manages this"
                                + " version: set its property netty.version,");
    }

    @Test
    void oldAnnotationsOfJacksonAreNamedBeforeTheFirstEvent() throws Exception {
        assertThat(failure(OLD.resolve("jackson"), "jackson-annotations-"))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("needs jackson-annotations 2.22 or later, but this application has 2.21;")
                .hasMessageContaining("set the property jackson-bom.version of your build to 2.22.4");
    }

    /** Creates a server and opens a port, with old jars in place of the jars of that name; returns the exception. */
    private static Throwable failure(Path old, String replaced) throws Exception {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(old)) {
            for (Path jar : jars.toList()) {
                urls.add(url(jar));
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!path.getFileName().toString().startsWith(replaced)) {
                urls.add(url(path));
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                Class<?> type = loader.loadClass("io.everwire.SocketIoServer");
                Object server = type.getMethod("create").invoke(null);
                type.getMethod("bind", InetSocketAddress.class)
                        .invoke(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                throw new AssertionError("the server runs with " + old);
            } catch (InvocationTargetException e) {
                return e.getCause();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }
}
