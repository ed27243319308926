package com.corundumstudio.socketio;

import com.corundumstudio.socketio.listener.DefaultExceptionListener;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.protocol.JsonSupport;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.StoreFactory;
import io.everwire.ServerOptions;
import io.everwire.netty.NettyHost;
import java.util.List;
import java.util.function.Consumer;

/** The settings of a server. The server reads them when it is created; later changes have no effect. Not thread-safe. */
public class Configuration extends TlsConfiguration {
    private JsonSupport jsonSupport;
    private String hostname;
    private int port = -1;
    private int bossThreads = 0;
    private int workerThreads = 0;
    private int pingInterval = 25000;
    private int pingTimeout = 60000;
    private String context = "/socket.io";
    private boolean allowCustomRequests = false;
    private int maxHttpContentLength = 64 * 1024;
    private String packagePrefix;
    private boolean preferDirectBuffer = true;
    private StoreFactory storeFactory = new MemoryStoreFactory();
    private AuthorizationListener authorizationListener = data -> AuthorizationResult.SUCCESSFUL_AUTHORIZATION;
    private ExceptionListener exceptionListener = new DefaultExceptionListener();
    private SocketConfig socketConfig = new SocketConfig();
    private AckMode ackMode = AckMode.AUTO_SUCCESS_ONLY;
    private int maxFramePayloadLength = 64 * 1024;
    private int upgradeTimeout = 10000;
    private boolean addVersionHeader = true;
    private String origin;
    private boolean enableCors = true;
    private boolean useLinuxNativeEpoll = false;
    private String allowHeaders;
    private int firstDataTimeout = 5000;
    private boolean httpCompression = true;
    private boolean websocketCompression = true;
    private boolean randomSession = false;
    private List<Transport> transports = List.of(Transport.WEBSOCKET, Transport.POLLING);
    private HttpRequestDecoderConfiguration httpRequestDecoderConfiguration = new HttpRequestDecoderConfiguration();
    private boolean limitsOfRequests;
    private Consumer<? super ServerOptions.Builder> options = builder -> {};
    private Consumer<? super NettyHost.Builder> host = builder -> {};

    /** Creates the default settings. */
    public Configuration() {}

    /**
     * Sets Everwire's options that netty-socketio does not have, such as an adapter for several servers. Called after all other settings
     * were applied, when the server is created.
     */
    public void options(Consumer<? super ServerOptions.Builder> customizer) {
        options = customizer;
    }

    /** Sets up Everwire's Netty host, such as routes and files on the same port. Called when the server starts. */
    public void host(Consumer<? super NettyHost.Builder> customizer) {
        host = customizer;
    }

    Consumer<? super ServerOptions.Builder> options() {
        return options;
    }

    Consumer<? super NettyHost.Builder> host() {
        return host;
    }

    /** Returns the mapping of JSON. */
    public JsonSupport getJsonSupport() {
        return jsonSupport;
    }

    /** Sets the mapping of JSON. Default: {@link com.corundumstudio.socketio.protocol.JacksonJsonSupport}. */
    public void setJsonSupport(JsonSupport jsonSupport) {
        this.jsonSupport = jsonSupport;
    }

    /** Returns the address of the port. */
    public String getHostname() {
        return hostname;
    }

    /** Sets the address of the port. Default: all addresses. */
    public void setHostname(String hostname) {
        this.hostname = hostname;
    }

    /** Returns the port. */
    public int getPort() {
        return port;
    }

    /** Sets the port. 0 to 65535; it must be set. */
    public void setPort(int port) {
        this.port = port;
    }

    /** Returns the number of threads that accept connections. */
    public int getBossThreads() {
        return bossThreads;
    }

    /** Sets the number of threads that accept connections. It has no effect: one event loop accepts. */
    public void setBossThreads(int bossThreads) {
        this.bossThreads = bossThreads;
    }

    /** Returns the number of event loops. */
    public int getWorkerThreads() {
        return workerThreads;
    }

    /** Sets the number of event loops. Default 0: one for each processor. */
    public void setWorkerThreads(int workerThreads) {
        this.workerThreads = workerThreads;
    }

    /** Returns the time between heartbeats, in milliseconds. */
    public int getPingInterval() {
        return pingInterval;
    }

    /** Sets the time between heartbeats, in milliseconds. Default 25,000; 0, which disabled heartbeats, is rejected at the start. */
    public void setPingInterval(int pingInterval) {
        this.pingInterval = pingInterval;
    }

    /** Returns the time for the answer to a heartbeat, in milliseconds. */
    public int getPingTimeout() {
        return pingTimeout;
    }

    /** Sets the time for the answer to a heartbeat, in milliseconds. Default 60,000. */
    public void setPingTimeout(int pingTimeout) {
        this.pingTimeout = pingTimeout;
    }

    /** Returns the path. */
    public String getContext() {
        return context;
    }

    /** Sets the path. Default {@code /socket.io}. */
    public void setContext(String context) {
        this.context = context;
    }

    /** Returns whether other requests are allowed. */
    public boolean isAllowCustomRequests() {
        return allowCustomRequests;
    }

    /** Sets whether other requests are allowed. It has no effect: other requests are answered 404, unless {@link #host} adds routes or files. */
    public void setAllowCustomRequests(boolean allowCustomRequests) {
        this.allowCustomRequests = allowCustomRequests;
    }

    /** Returns the largest size of a request, in bytes. */
    public int getMaxHttpContentLength() {
        return maxHttpContentLength;
    }

    /** Sets the largest size of a request, in bytes. Default 64 KiB; the larger of this and the limit of frames is the limit of both. */
    public void setMaxHttpContentLength(int maxHttpContentLength) {
        this.maxHttpContentLength = maxHttpContentLength;
    }

    /** Returns the prefix of the classes in JSON. */
    public String getPackagePrefix() {
        return packagePrefix;
    }

    /** Sets the prefix of the classes in JSON. It has no effect. */
    public void setPackagePrefix(String packagePrefix) {
        this.packagePrefix = packagePrefix;
    }

    /** Returns whether buffers are direct. */
    public boolean isPreferDirectBuffer() {
        return preferDirectBuffer;
    }

    /** Sets whether buffers are direct. It has no effect. */
    public void setPreferDirectBuffer(boolean preferDirectBuffer) {
        this.preferDirectBuffer = preferDirectBuffer;
    }

    /** Returns the place of the values of clients. */
    public StoreFactory getStoreFactory() {
        return storeFactory;
    }

    /** Sets the place of the values of clients. {@link MemoryStoreFactory} is the only one. */
    public void setStoreFactory(StoreFactory storeFactory) {
        this.storeFactory = storeFactory;
    }

    /** Returns the listener that accepts or rejects requests. */
    public AuthorizationListener getAuthorizationListener() {
        return authorizationListener;
    }

    /** Sets the listener that accepts or rejects requests. Default: it accepts all. */
    public void setAuthorizationListener(AuthorizationListener authorizationListener) {
        this.authorizationListener = authorizationListener;
    }

    /** Returns the listener of failures of other listeners. */
    public ExceptionListener getExceptionListener() {
        return exceptionListener;
    }

    /** Sets the listener of failures of other listeners. Default: it logs them. */
    public void setExceptionListener(ExceptionListener exceptionListener) {
        this.exceptionListener = exceptionListener;
    }

    /** Returns the options of TCP. */
    public SocketConfig getSocketConfig() {
        return socketConfig;
    }

    /** Sets the options of TCP. */
    public void setSocketConfig(SocketConfig socketConfig) {
        this.socketConfig = socketConfig;
    }

    /** Returns the events whose acks are sent automatically. */
    public AckMode getAckMode() {
        return ackMode;
    }

    /** Sets the events whose acks are sent automatically. Default {@link AckMode#AUTO_SUCCESS_ONLY}. */
    public void setAckMode(AckMode ackMode) {
        this.ackMode = ackMode;
    }

    /** Returns the largest size of a WebSocket message, in bytes. */
    public int getMaxFramePayloadLength() {
        return maxFramePayloadLength;
    }

    /** Sets the largest size of a WebSocket message, in bytes. Default 64 KiB; see {@link #setMaxHttpContentLength}. */
    public void setMaxFramePayloadLength(int maxFramePayloadLength) {
        this.maxFramePayloadLength = maxFramePayloadLength;
    }

    /** Returns the time for a change of the transport, in milliseconds. */
    public int getUpgradeTimeout() {
        return upgradeTimeout;
    }

    /** Sets the time for a change of the transport, in milliseconds. Default 10,000. */
    public void setUpgradeTimeout(int upgradeTimeout) {
        this.upgradeTimeout = upgradeTimeout;
    }

    /** Returns whether responses name the server. */
    public boolean isAddVersionHeader() {
        return addVersionHeader;
    }

    /** Sets whether responses name the server. It has no effect: they do not. */
    public void setAddVersionHeader(boolean addVersionHeader) {
        this.addVersionHeader = addVersionHeader;
    }

    /** Returns the origin whose pages may use the server. */
    public String getOrigin() {
        return origin;
    }

    /** Sets the origin whose pages may use the server. Default: all origins, without their cookies in requests; a warning is logged. Everwire also rejects WebSockets of other origins. */
    public void setOrigin(String origin) {
        this.origin = origin;
    }

    /** Returns whether pages of other origins may use the server. */
    public boolean isEnableCors() {
        return enableCors;
    }

    /** Sets whether pages of other origins may use the server. Default true. */
    public void setEnableCors(boolean enableCors) {
        this.enableCors = enableCors;
    }

    /** Returns whether epoll is used. */
    public boolean isUseLinuxNativeEpoll() {
        return useLinuxNativeEpoll;
    }

    /** Sets whether epoll is used. It has no effect: it is used if it is available. */
    public void setUseLinuxNativeEpoll(boolean useLinuxNativeEpoll) {
        this.useLinuxNativeEpoll = useLinuxNativeEpoll;
    }

    /** Returns the headers that pages of other origins may send. */
    public String getAllowHeaders() {
        return allowHeaders;
    }

    /** Sets the headers that pages of other origins may send. It has no effect: Everwire allows the headers that the browser asks for. */
    public void setAllowHeaders(String allowHeaders) {
        this.allowHeaders = allowHeaders;
    }

    /** Returns the time for the head of a request, in milliseconds. */
    public int getFirstDataTimeout() {
        return firstDataTimeout;
    }

    /** Sets the time for the head of a request, in milliseconds. Default 5,000. */
    public void setFirstDataTimeout(int firstDataTimeout) {
        this.firstDataTimeout = firstDataTimeout;
    }

    /** Returns whether responses to polls are compressed. */
    public boolean isHttpCompression() {
        return httpCompression;
    }

    /** Sets whether responses to polls are compressed. Default true. */
    public void setHttpCompression(boolean httpCompression) {
        this.httpCompression = httpCompression;
    }

    /** Returns whether WebSocket messages are compressed. */
    public boolean isWebsocketCompression() {
        return websocketCompression;
    }

    /** Sets whether WebSocket messages are compressed. Default true, for clients that offer it. */
    public void setWebsocketCompression(boolean websocketCompression) {
        this.websocketCompression = websocketCompression;
    }

    /** Returns whether ids are random. */
    public boolean isRandomSession() {
        return randomSession;
    }

    /** Sets whether ids are random. It has no effect: they always are. */
    public void setRandomSession(boolean randomSession) {
        this.randomSession = randomSession;
    }

    /** Returns whether heartbeats are sent. */
    public boolean isHeartbeatsEnabled() {
        return pingInterval > 0;
    }

    /** Returns the transports. */
    public List<Transport> getTransports() {
        return transports;
    }

    /** Sets the transports. Default: both, and those of older clients. */
    public void setTransports(Transport... transports) {
        this.transports = List.of(transports);
    }

    /** Returns the limits of requests. */
    public HttpRequestDecoderConfiguration getHttpRequestDecoderConfiguration() {
        return httpRequestDecoderConfiguration;
    }

    /** Sets the limits of requests. Default: those of Everwire. */
    public void setHttpRequestDecoderConfiguration(HttpRequestDecoderConfiguration configuration) {
        this.httpRequestDecoderConfiguration = configuration;
        this.limitsOfRequests = true;
    }

    /** Returns whether the application set the limits of requests. */
    boolean hasLimitsOfRequests() {
        return limitsOfRequests;
    }
}
