package io.everwire.benchmarks.hosts;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The least cost of polling in a container: the thread of a POST request answers the parked poll of its client with the same bytes. It
 * knows neither JSON nor Socket.IO.
 */
final class FloorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

    private final transient Map<String, Client> clients = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();

    /** A client with a parked poll, or with bytes for its next one. */
    private static final class Client {
        private @Nullable AsyncContext parked;
        private byte @Nullable [] waiting;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String sid = request.getParameter("sid");
        if (sid == null) {
            String name = "client" + opened.incrementAndGet();
            clients.put(name, new Client());
            write(response, ("0{\"sid\":\"" + name + "\"}").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        Client client = clients.get(sid);
        if (client == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        byte[] waiting;
        synchronized (client) {
            waiting = client.waiting;
            client.waiting = null;
            if (waiting == null) {
                AsyncContext parked = request.startAsync();
                parked.setTimeout(0);
                client.parked = parked;
            }
        }
        if (waiting != null) {
            write(response, waiting);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Client client = clients.get(String.valueOf(request.getParameter("sid")));
        byte[] body = request.getInputStream().readNBytes(request.getContentLength());
        if (client == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        write(response, OK);
        AsyncContext parked;
        synchronized (client) {
            parked = client.parked;
            client.parked = null;
            client.waiting = parked == null ? body : null;
        }
        if (parked != null) {
            write((HttpServletResponse) parked.getResponse(), body);
            parked.complete();
        }
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
