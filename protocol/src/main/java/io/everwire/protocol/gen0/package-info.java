/**
 * Generation 0, Socket.IO 0.6.x (November 2010 to May 2011): the wire card.
 *
 * <pre>
 * GET  /socket.io/websocket + Upgrade             opens a session; /websocket/SID comes back to one
 * GET  /socket.io/flashsocket + Upgrade           the same for a Flash movie, with settings of its own
 * GET  /socket.io/xhr-polling//1289345741901      opens a session: the empty segment says that there is none yet
 * GET  /socket.io/xhr-polling/SID/1289345741902   polls; the last segment defeats caches
 * POST /socket.io/xhr-polling/SID/send            data=~m~5~m~h%C3%A9llo       answered "ok"
 * GET  /socket.io/jsonp-polling//1289345741901/0        opens; .../SID/1289345741902/0 polls; the last segment is an index
 * POST /socket.io/jsonp-polling/SID/1289345741901/0     the same body, from a form
 * GET  /socket.io/htmlfile//1289345741901         opens, and is the one answer; POSTs as for xhr-polling. Likewise:
 * GET  /socket.io/xhr-multipart/                  GET  /socket.io/server-events
 *
 * ~m~5~m~hello            a text; the number counts UTF-16 units, JavaScript's string length, though the wire is UTF-8
 * ~m~2~m~😀               one character, two units
 * ~m~10~m~~j~{"a":1}      JSON; its mark counts too
 * ~m~4~m~~h~1             a heartbeat; the client sends the same bytes back
 * ~m~1~m~a~m~1~m~b        a payload: frames with nothing between. One poll's answer, one POST, one WebSocket message
 * ~m~16~m~5579649267772848     the first payload: the session id as a text, alone, without a mark
 * </pre>
 *
 * <p><b>What is around a payload</b>: nothing in a WebSocket message, an xhr-polling answer, a POST. Elsewhere:
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
 * would break what is around them: such a text leaves as a JSON string ({@code ~j~"a\r\n"}), which arrives as the text.
 *
 * <p><b>server-events</b> stands in the README of 0.6.0 and in no code of 0.6; its form is ours, for today's {@code
 * EventSource}, which has no client of 2010. The page does what those clients do: the first payload after each {@code
 * open} is the session id, heartbeats are echoed, and everything is sent by POST to {@code
 * /socket.io/server-events/SID/send}. {@code EventSource} comes back after 3 s when the connection goes, to its own
 * URL, so to a new session; after a status that is not 200 it gives up. So a refused origin is answered 403 and an
 * unknown session 404, while a server that is full closes the connection.
 *
 * <p><b>Forms</b> (jsonp-polling) make every line end CR LF after lengths were counted, and on pages that are not UTF-8
 * send windows-1252 and {@code &#128512;} ({@link io.everwire.protocol.gen0.Gen0FormRepair}). A client that reconnects
 * keeps posting to its old session: unknown, and nobody guesses whose it is.
 *
 * <p>The id on the wire is the private session id: whoever knows it is the client.
 *
 * <pre>
 *        first GET or line             payload, idle, gone, closed
 *   NEW ──────────────────▶ OPEN ────────────────────────────────▶ BETWEEN ──── closeTimeout ────▶ GONE
 *                            │  ▲            GET or line              │                              ▲
 *                            │  └─────────────────────────────────────┤ close(), messages waiting    │
 *                            │                                        ▼                              │
 *                            │ close()                             CLOSING ── next GET, line or ─────┤
 *                            │                                                closeTimeout           │
 *                            └───────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>{@code close()} while nothing waits leads to GONE from everywhere; so does more waiting than {@code maxQueued}.
 *
 * <p><b>Times</b> (defaults of 0.6.0 to 0.6.18, {@link io.everwire.protocol.gen0.Gen0Transport}; each an option of the
 * transport): {@code closeTimeout} 0, but 8000 for the two that poll; heartbeat 10000 after opening or after the last
 * echo, answered within 8000, but none where there are polls; polls held 20000. The client gives up after 15 s without
 * data, and after 25 s without an answer to a poll. Heartbeats are numbered 1, 2, 3 … per session, and go on after a
 * return.
 *
 * <p><b>No words</b> exist for closing, namespaces, acks, events and binary data. A session is closed by closing the
 * WebSocket, by ending the stream, or by failing the poll: connection closed, zero bytes, because the client of 0.6.0
 * and 0.6.1 takes every answer for data and polls again at once. An unknown session is answered the same way. An event
 * leaves as the object {@code ~j~{"name":…,"args":[…]}}, binary data in it as a base64 string.
 *
 * <p><b>Kept of the original</b> (vectors/gen0 and the transcripts show it): decoding never fails and takes what it
 * can; a missing number is 0, white space in it a digit 0; a field {@code data} that is absent, empty, repeated or
 * malformed holds nothing, and is answered {@code ok}; while a poll is open a message answers it at once, what follows
 * waits and leaves as one payload.
 *
 * <p><b>Unlike the original</b>: a frame shorter than promised, without its second mark, or cut inside a character ends
 * the payload (there: delivered as far as it went); forms are repaired (there: the rest of the batch was lost); an
 * index of JSON-P that is missing is answered 400 (there: a crash), and the path alone has it (there: a query hid it);
 * scripts cannot be broken out of (there: {@code </script>} was written as it is), and their types are final ({@code
 * nosniff}); messages after a heartbeat are read (there: lost); {@code ~j~} without JSON is dropped (there: an empty
 * object); numbers, booleans, null and arrays leave as {@code ~j~} (there: as texts, or one by one); a text that begins
 * like a mark leaves as a JSON string; a heartbeat that stays unanswered closes the WebSocket; of two polls, streams or
 * WebSockets the older is ended; a session is reached by its own transport's URLs only; what waits is bounded; a
 * session that the server closes while messages wait hands them over with the next poll first.
 */
@NullMarked
package io.everwire.protocol.gen0;

import org.jspecify.annotations.NullMarked;
