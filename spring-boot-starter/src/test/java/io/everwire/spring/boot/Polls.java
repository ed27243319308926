package io.everwire.spring.boot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients whose poll is parked: raw sockets. */
final class Polls implements Closeable {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final int DEADLINE_MILLIS = 60_000;

    private final List<Socket> sockets = new ArrayList<>();
    private final int port;
    private final String headers;

    Polls(int port, String headers) {
        this.port = port;
        this.headers = headers;
    }

    /**
     * Opens a session, joins {@code /} and leaves a poll without an answer.
     *
     * @param last the server sends it last to a client that joined
     */
    void park(String last) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(DEADLINE_MILLIS);
        sockets.add(socket);
        Matcher sid = SID.matcher(request(socket, "GET", "", ""));
        if (!sid.find()) {
            throw new IOException("no session id");
        }
        String query = "&sid=" + sid.group(1);
        request(socket, "POST", query, "40");
        String received = "";
        while (!received.contains(last)) {
            received = request(socket, "GET", query, "");
        }
        send(socket, "GET", query, "");
    }

    /** Waits for the response to the parked poll of the client that came last, and returns its body. */
    String answer() throws IOException {
        return response(sockets.get(sockets.size() - 1).getInputStream());
    }

    private String request(Socket socket, String method, String query, String body) throws IOException {
        send(socket, method, query, body);
        return response(socket.getInputStream());
    }

    private void send(Socket socket, String method, String query, String body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((method + " /socket.io/?EIO=4&transport=polling" + query + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\n" + headers
                        + (method.equals("POST")
                                ? "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n"
                                : "")
                        + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Reads a response with a length or in chunks, and returns its body. */
    private static String response(InputStream in) throws IOException {
        int length = -1;
        boolean chunked = false;
        String first = line(in);
        if (!first.contains(" 200")) {
            throw new IOException(first);
        }
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        if (!chunked) {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line(in);
        }
        line(in);
        return body.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
