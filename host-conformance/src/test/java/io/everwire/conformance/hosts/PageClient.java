package io.everwire.conformance.hosts;

import io.everwire.Socket;
import io.everwire.conformance.clients.Agent;
import tools.jackson.databind.json.JsonMapper;

/** Clients 0.9.17 and 0.6.3 in a page of the host's application, in Chromium. */
final class PageClient implements HostedClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent;
    private final String version;
    private final String transport;
    private final String name;

    PageClient(Agent agent, String host, String version, String transport) {
        this.agent = agent;
        this.version = version;
        this.transport = transport;
        this.name = host + " page " + version + " " + transport;
    }

    private boolean is09() {
        return version.startsWith("0.9");
    }

    /** Returns the page for a query, which is the version and the transport. */
    static String html(String query) {
        String[] parts = query.split("&", 2);
        return parts[0].startsWith("0.9") ? html09(parts[1]) : html06(parts[0], parts[1]);
    }

    private static String html09(String transport) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/0.9.17/socket.io.js"></script>
                <script>
                  window.got = [];
                  // The client merges an option "transports" into this list, element by element.
                  io.transports = ['%s'];
                  window.onload = function () {
                    setTimeout(function () {
                      window.client = io.connect('', {'reconnection delay': 100, 'reconnection limit': 500,
                          'max reconnection attempts': 1000});
                      client.on('message', function (message) { got.push(message); });
                      client.on('news', function (text) { got.push(text); });
                      client.on('ask', function (question, answer) { answer('answer to'); });
                    }, 0);
                  };
                </script>
                """.formatted(transport);
    }

    private static String html06(String version, String transport) {
        return """
                <!doctype html><meta charset="utf-8"><body>
                <script src="/socket.io/%s/socket.io.js"></script>
                <script>
                  window.got = [];
                  window.onload = function () {
                    setTimeout(function () {
                      window.client = new io.Socket(location.hostname,
                        {port: location.port, rememberTransport: false, reconnectionDelay: 100, transports: ['%s']});
                      client.on('message', function (message) { got.push(message.args ? message.args[0] : message); });
                      client.connect();
                    }, 0);
                  };
                </script>
                """.formatted(version, transport);
    }

    @Override
    public String title() {
        return version + " | Chromium";
    }

    @Override
    public String way() {
        return transport;
    }

    @Override
    public boolean hasBytes() {
        return false;
    }

    @Override
    public boolean hasAcks() {
        return is09();
    }

    @Override
    public void open(int port) {
        agent.order("page", name, "url", "http://127.0.0.1:" + port + "/page?" + version + "&" + transport);
    }

    @Override
    public void awaitConnected(Socket socket) {
        Eventually.is(socket::transport, transport);
    }

    @Override
    public void echo(String text) {
        evaluate("client.send(" + JSON.writeValueAsString(text) + "); 0");
        hear(text);
    }

    @Override
    public String call(String text) {
        evaluate("client.emit('turn', " + JSON.writeValueAsString(text)
                + ", function (answer) { window.answer = answer; }); 0");
        agent.order("waitFor", name, "script", "window.answer !== undefined");
        return agent.order("evaluate", name, "script", "answer").asString();
    }

    @Override
    public void hear(String text) {
        agent.order("waitFor", name, "script", "got.indexOf(" + JSON.writeValueAsString(text) + ") >= 0");
    }

    /** A client whose connection ends during a pending request never sends again. */
    @Override
    public void settle() {
        String busy = is09() ? "client.socket.doBuffer" : "client.transport.posting";
        agent.order("waitFor", name, "script", "!" + busy);
    }

    @Override
    public void close() {
        evaluate("client.disconnect(); 0");
    }

    /** {@inheritDoc} Client 0.6.3 with JSON-P connects again after it has disconnected. */
    @Override
    public void end() {
        agent.order("closePage", name);
    }

    private void evaluate(String script) {
        agent.order("evaluate", name, "script", script);
    }
}
