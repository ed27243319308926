package io.everwire.rewrite;

import static org.openrewrite.java.Assertions.java;
import static org.openrewrite.maven.Assertions.pomXml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

class DependenciesTest implements RewriteTest {
    /** The version of this build: recipes of a release add the artifacts of the same release. */
    private static final String VERSION = System.getProperty("everwire.version");

    /** A repository with a release of the façade: the recipe looks for the version. */
    @TempDir
    Path repository;

    private String pom(String group, String artifact, String version) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>chat</artifactId>
                  <version>1</version>
                  <repositories>
                    <repository>
                      <id>release</id>
                      <url>%s</url>
                    </repository>
                  </repositories>
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(repository.toUri(), group, artifact, version);
    }

    private void release(String group, String artifact, String version) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(version));
        Files.writeString(
                folder.getParent().resolve("maven-metadata.xml"), """
                <metadata>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <versioning><release>%s</release><versions><version>%s</version></versions></versioning>
                </metadata>
                """.formatted(group, artifact, version, version));
        String file = artifact + "-" + version;
        Files.writeString(folder.resolve(file + ".pom"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </project>
                """.formatted(group, artifact, version));
        Files.writeString(folder.resolve(file + ".jar"), "not read");
    }

    @Test
    void nettySocketioBecomesTheFacade() throws IOException {
        release("com.corundumstudio.socketio", "netty-socketio", "2.0.14");
        release("io.everwire", "everwire-netty-socketio", VERSION);

        rewriteRun(
                spec -> spec.recipeFromResource("/META-INF/rewrite/everwire.yml", "io.everwire.rewrite.UseFacade"),
                pomXml(
                        pom("com.corundumstudio.socketio", "netty-socketio", "2.0.14"),
                        pom("io.everwire", "everwire-netty-socketio", VERSION)));
    }

    @Test
    void socketio4jBecomesTheFacade() throws IOException {
        release("com.socketio4j", "netty-socketio-core", "4.0.0");
        release("io.everwire", "everwire-netty-socketio", VERSION);

        rewriteRun(
                spec -> spec.recipeFromResource("/META-INF/rewrite/everwire.yml", "io.everwire.rewrite.FromSocketio4j"),
                pomXml(
                        pom("com.socketio4j", "netty-socketio-core", "4.0.0"),
                        pom("io.everwire", "everwire-netty-socketio", VERSION)));
    }

    @Test
    void thePackageOfSocketio4jBecomesThatOfNettySocketio() {
        rewriteRun(
                spec -> spec.recipeFromResource("/META-INF/rewrite/everwire.yml", "io.everwire.rewrite.FromSocketio4j")
                        .parser(
                                JavaParser.fromJavaVersion()
                                        .dependsOn(
                                                "package com.socketio4j.socketio; public interface SocketIOClient {}",
                                                "package com.socketio4j.socketio.listener; public interface ConnectListener {}"))
                        .afterTypeValidationOptions(TypeValidation.none()),
                java("""
                        import com.socketio4j.socketio.SocketIOClient;
                        import com.socketio4j.socketio.listener.ConnectListener;

                        class A {
                            SocketIOClient client;
                            ConnectListener listener;
                        }
                        """, """
                        import com.corundumstudio.socketio.SocketIOClient;
                        import com.corundumstudio.socketio.listener.ConnectListener;

                        class A {
                            SocketIOClient client;
                            ConnectListener listener;
                        }
                        """));
    }
}
