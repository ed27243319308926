package io.everwire.conformance.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.everwire.Host;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import io.everwire.conformance.clients.Agent;
import io.everwire.conformance.clients.Inbox;
import io.everwire.examples.guide.OriginSamples;
import io.everwire.examples.guide.Pipelines;
import io.everwire.examples.guide.Starting;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code README.md} and {@code docs/guide/getting-started.md}. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GettingStartedGuideTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Agent agent = new Agent();

    @AfterAll
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void theFirstProgramServesTheFirstClient(@TempDir Path folder) throws Exception {
        try (Program program = new Program("Hello", folder)) {
            agent.order("sample", "first", "file", "getting-started", "sample", "hello", "url", program.url());
            Inbox log = agent.inbox("first"); // "getting-started", "hello"
            assertThat(log.take("log").get(0).asString()).startsWith("your id is ");
            log.take("log", "[\"somebody said\",\"hello\"]");
            log.take("log", "[\"3 + 4 =\",7]");
        }
    }

    @Test
    void aPageUsesTheServedClient() throws Exception {
        HttpServer pages = HttpServer.create(ANY, 0);
        String origin = "http://127.0.0.1:" + pages.getAddress().getPort();
        ServerOptions options = ServerOptions.builder().origins(origin).build();
        try (Playground ground = new Playground(agent, options, server -> {})) {
            ground.server()
                    .on("say", String.class, (socket, text) -> ground.server().emit("said", text));
            String page = Files.readString(Agent.ROOT.resolve("conformance/js/guide/hello.html"))
                    .replace("http://localhost:8080", ground.url());
            pages.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, page.getBytes(UTF_8).length);
                exchange.getResponseBody().write(page.getBytes(UTF_8));
                exchange.close();
            });
            pages.start();
            agent.order("page", "hello page", "url", origin);
            agent.order(
                    "waitFor",
                    "hello page",
                    "script",
                    "document.querySelector('li')?.textContent === 'hello from a page'");
            agent.order("closePage", "hello page");
        } finally {
            pages.stop(0);
        }
    }

    @Test
    void aPageOfADevelopmentServerIsListed() throws Exception {
        try (SocketIoServer server = OriginSamples.development(0, created -> {})) {
            String url = "http://127.0.0.1:" + server.host().address().getPort();
            Map<String, ?> options = Map.of(
                    "transports", List.of("websocket"), "extraHeaders", Map.of("Origin", "http://localhost:3000"));
            agent.order("open", "development", "url", url, "options", options);
            agent.inbox("development").take("connect");
        }
    }

    @Test
    void handlersAreAddedBeforeThePortOpens() throws Exception {
        try (SocketIoServer server = Starting.bind(0)) {
            Starting.load(server);
            agent.order(
                    "open",
                    "bind",
                    "url",
                    "http://127.0.0.1:" + server.host().address().getPort(),
                    "options",
                    Map.of());
            agent.inbox("bind").take("connect");
            assertThat(agent.order("call", "bind", "event", "add", "args", List.of(3, 4))
                            .asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void optionsAddHandlersToEachServer() throws Exception {
        ServerOptions options = Starting.setup();
        for (int i = 0; i < 2; i++) {
            try (Playground ground = new Playground(agent, options, server -> {})) {
                assertThat(ground.client().call("add", 3, 4).asInt()).isEqualTo(7);
            }
        }
    }

    @Test
    void insideTheApplicationsPipeline() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        SocketIoServer server = SocketIoServer.create();
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(Pipelines.yours(server, new Hello()))
                .bind(ANY)
                .sync()
                .channel();
        try {
            assertBoth("yours", (InetSocketAddress) channel.localAddress());
        } finally {
            server.close();
            channel.close().sync();
            loops.shutdownGracefully().sync();
        }
    }

    @Test
    void applicationHandlersOnAPortOfEverwire() throws Exception {
        SocketIoServer server = SocketIoServer.create();
        Host host = Pipelines.ours(server, new Hello(), 0);
        try {
            assertBoth("ours", host.address());
        } finally {
            server.close();
        }
    }

    @Test
    void thePolicyOfFlash() throws Exception {
        SocketIoServer server = SocketIoServer.create();
        Host host = Pipelines.flash(server, ANY); // port 843 may need privileges; the server then logs a line
        try {
            agent.order(
                    "open", "flash", "url", "http://127.0.0.1:" + host.address().getPort(), "options", Map.of());
            agent.inbox("flash").take("connect");
        } finally {
            server.close();
        }
    }

    @Test
    void theArtifactsOfTheExamplesExist() throws Exception {
        String version = first("<version>([^<]+)</version>", Files.readString(Agent.ROOT.resolve("pom.xml")));
        Pattern artifact = Pattern.compile(
                "<groupId>io.everwire</groupId>\\s*<artifactId>everwire-([a-z-]+)</artifactId>(?:\\s*<version>([^<]+)<)?"
                        + "|io\\.everwire:everwire-([a-z-]+):([^']+)'");
        for (String project : List.of(
                "starter/pom.xml",
                "kotlin/pom.xml",
                "modules/pom.xml",
                "netty-socketio/pom.xml",
                "game/pom.xml",
                "spring-boot/pom.xml",
                "spring-boot/pom-4.1.xml",
                "spring-boot-3.5/pom.xml",
                "spring-boot-hello/pom.xml",
                "gradle/build.gradle")) {
            List<MatchResult> ours = artifact.matcher(Files.readString(Agent.ROOT.resolve("examples/" + project)))
                    .results()
                    .toList();
            assertThat(ours).as(project).hasSizeGreaterThanOrEqualTo(2).allSatisfy(found -> {
                String name = found.group(1) == null ? found.group(3) : found.group(1);
                String stated = found.group(1) == null ? found.group(4) : found.group(2);
                assertThat(Files.readString(Agent.ROOT.resolve(name + "/pom.xml")))
                        .contains("<artifactId>everwire-" + name + "</artifactId>");
                assertThat(stated == null || stated.startsWith("$") ? version : stated)
                        .isEqualTo(version);
            });
            assertThat(Files.readString(Agent.ROOT.resolve("examples/" + project)))
                    .as(project)
                    .contains(version);
        }
    }

    private void assertBoth(String name, InetSocketAddress address) throws Exception {
        String url = "http://127.0.0.1:" + address.getPort();
        agent.order("open", name, "url", url, "options", Map.of());
        agent.inbox(name).take("connect");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(URI.create(url + "/hello"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("hello");
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList().get(0).group(1);
    }

    /** An existing application. */
    @ChannelHandler.Sharable
    private static final class Hello extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
            if (part instanceof HttpRequest) {
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer("hello", UTF_8));
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 5);
                ctx.writeAndFlush(response);
            }
        }
    }
}
