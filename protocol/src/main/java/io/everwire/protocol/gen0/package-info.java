/**
 * Generation 0, Socket.IO 0.6.x (November 2010 to May 2011): the wire card.
 *
 * <pre>
 * GET  /socket.io/websocket + Upgrade             opens a session; /websocket/SID resumes one
 * GET  /socket.io/flashsocket + Upgrade           the same for a Flash movie, with settings of its own
 * GET  /socket.io/xhr-polling//1289345741901      opens a session: the empty segment says that the client has none yet
 * GET  /socket.io/xhr-polling/SID/1289345741902   polls; the last segment defeats caches
 * POST /socket.io/xhr-polling/SID/send            data=~m~5~m~h%C3%A9llo       answered "ok"
 * GET  /socket.io/jsonp-polling//1289345741901/0        opens; .../SID/1289345741902/0 polls; the last segment is an index
 * POST /socket.io/jsonp-polling/SID/1289345741901/0     the same body, from a form
 * GET  /socket.io/htmlfile//1289345741901         opens, and is the one response; POSTs as for xhr-polling. Likewise:
 * GET  /socket.io/xhr-multipart/                  GET  /socket.io/server-events
 *
 * ~m~5~m~hello            a text; the number counts UTF-16 units, JavaScript's string length, though the wire is UTF-8
 * ~m~2~m~😀               one character, two units
 * ~m~10~m~~j~{"a":1}      JSON; its mark counts too
 * ~m~4~m~~h~1             a heartbeat; the client sends the same bytes back
 * ~m~1~m~a~m~1~m~b        a payload: frames with nothing between them. One poll's response, one POST, one WebSocket message
 * ~m~16~m~5579649267772848     the first payload: the session id as a text, alone, without a mark
 * </pre>
 *
 * <p><b>Around a payload</b> nothing is written in a WebSocket message, an xhr-polling response and a POST. Elsewhere:
 *
 * <pre>
 * jsonp-polling   io.JSONP[0]._("~m~5~m~hello");           text/javascript; charset=UTF-8. Idle: io.JSONP[0]._("");
 * htmlfile        &lt;html&gt;&lt;body&gt; and 244 blanks first, then for each payload a chunk, text/html; charset=UTF-8
 *                 &lt;script&gt;parent.s._("~m~5~m~hello", document);&lt;/script&gt;
 * xhr-multipart   --socketio LF first, then for each payload; multipart/x-mixed-replace;boundary="socketio"
 *                 Content-Type: text/plain LF LF ~m~5~m~hello LF --socketio LF
 * server-events   retry: 3000 LF LF first, then for each payload; text/event-stream
 *                 data: ~m~5~m~hello LF LF        a payload of several lines has as many data lines
 * </pre>
 *
 * <p>In scripts, {@code <}, U+2028 and U+2029 are escaped. The boundary inside a message, and a CR inside an event,
 * would break the form around them: such a text is sent as a JSON string ({@code ~j~"a\r\n"}), which arrives as the text.
 *
 * <p><b>server-events</b> is in the README of 0.6.0 and in no code of 0.6. Its form is ours, for the {@code EventSource}
 * of today's browsers; no 0.6 client supports it. The page behaves like those clients: the first payload after each
 * {@code open} is the session id, heartbeats are echoed, and everything is sent by POST to {@code
 * /socket.io/server-events/SID/send}. If the connection ends, {@code EventSource} reconnects after 3 s to its own URL,
 * so to a new session. After a status other than 200 it stops. So a rejected origin is answered 403 and an unknown
 * session 404, while a full server closes the connection.
 *
 * <p><b>Forms</b> (jsonp-polling) make every line end CR LF after lengths were counted. On pages that are not UTF-8 they
 * send windows-1252 and {@code &#128512;} ({@link io.everwire.protocol.gen0.Gen0FormRepair}). A client that reconnects
 * keeps posting to its old session. That session is unknown, and no other is guessed for it.
 *
 * <p>The id on the wire is the private session id: a peer that knows it acts as the client.
 *
 * <pre>
 *        first GET or WebSocket        payload, idle, disconnected
 *   NEW ──────────────────▶ OPEN ────────────────────────────────▶ DETACHED ── closeTimeout ─────▶ CLOSED
 *                            │  ▲         GET or WebSocket            │                              ▲
 *                            │  └─────────────────────────────────────┤ close(), frames are queued   │
 *                            │                                        ▼                              │
 *                            │ close()                             CLOSING ── next GET, WebSocket ───┤
 *                            │                                                or closeTimeout        │
 *                            └───────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>{@code close()} while nothing is queued leads to CLOSED from every state. So do more than {@code maxQueued} queued
 * bytes.
 *
 * <p><b>Times</b> (defaults of 0.6.0 to 0.6.18, {@link io.everwire.protocol.gen0.Gen0Transport}; each is an option of the
 * transport): {@code closeTimeout} is 0, but 8000 for the two polling transports. A heartbeat is sent 10000 after opening
 * or after the last echo, and answered within 8000; polling transports have none. Polls are held 20000. The client
 * closes after 15 s without data, and after 25 s without a response to a poll. Heartbeats are numbered 1, 2, 3 … per
 * session, and the count continues after a reconnect.
 *
 * <p><b>No packets</b> exist for closing, namespaces, acks, events and binary data. A session is closed by closing the
 * WebSocket, by ending the stream, or by failing the poll: the connection is closed with zero bytes, because the client
 * of 0.6.0 and 0.6.1 takes every response for data and polls again at once. An unknown session is answered the same way.
 * An event is sent as the object {@code ~j~{"name":…,"args":[…]}}, binary data in it as a base64 string.
 *
 * <p><b>As in the original</b> (vectors/gen0 and the transcripts show it): decoding never fails and reads as far as it
 * can; a missing number is 0, and white space in it is a digit 0; a field {@code data} that is absent, empty, repeated or
 * malformed holds nothing, and is answered {@code ok}; while a poll is open a message answers it at once, and later ones
 * are queued and sent as one payload.
 *
 * <p><b>Unlike the original</b>:
 *
 * <ul>
 *   <li>a frame shorter than promised, without its second mark, or cut inside a character ends the payload (there:
 *       delivered as far as it went);
 *   <li>forms are repaired (there: the rest of the batch was lost);
 *   <li>a missing index of JSON-P is answered 400 (there: a crash), and only the path has it (there: a query hid it);
 *   <li>a transport that is not served is refused like an unknown session (there: left to the application, whose 404 makes
 *       client 0.6 poll again at once);
 *   <li>texts cannot break out of scripts (there: {@code </script>} was written unchanged), and content types are final
 *       ({@code nosniff});
 *   <li>messages behind a heartbeat are read (there: lost);
 *   <li>{@code ~j~} without JSON is dropped (there: an empty object);
 *   <li>numbers, booleans, null and arrays are sent as {@code ~j~} (there: as texts, or one by one);
 *   <li>a text that begins like a mark is sent as a JSON string;
 *   <li>an unanswered heartbeat closes the WebSocket;
 *   <li>of two polls, streams or WebSockets the older is ended;
 *   <li>a session is reached by its own transport's URLs only;
 *   <li>queued bytes are limited;
 *   <li>a session that the server closes while frames are queued sends them with the next poll first.
 * </ul>
 */
@NullMarked
package io.everwire.protocol.gen0;

import org.jspecify.annotations.NullMarked;
