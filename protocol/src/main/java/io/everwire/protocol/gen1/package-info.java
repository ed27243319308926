/**
 * Generation 1, Socket.IO 0.7 to 0.9 (June 2011 to April 2014), "protocol 1": the wire card.
 *
 * <p>The reference is socket.io 0.9.19 with socket.io-client 0.9.17; what is said of them here was seen in their answers.
 *
 * <h2>Requests</h2>
 *
 * <pre>{@code
 *   GET  /socket.io/1/?t=1321977600000       shakes hands            200 SID:60:60:websocket,htmlfile,xhr-polling,jsonp-polling
 *   GET  /socket.io/1/?jsonp=0               by script               200 io.j[0]("SID:60:60:…");
 *   GET  /socket.io/1/websocket/SID          with Upgrade: a line; flashsocket the same, its WebSocket opened by Flash
 *   GET  /socket.io/1/xhr-polling/SID?t=…    polls                   200 packets, after 20 s 8::
 *   GET  /socket.io/1/jsonp-polling/SID?i=0  polls by script         200 io.j[0]("packets");
 *   GET  /socket.io/1/htmlfile/SID           a page without end      200 <html>… <script>_("packets");</script> …
 *   POST /socket.io/1/<any of these three>/SID   brings packets      200 1, whatever they were, and before they are read
 *                                            jsonp-polling: d=<a JSON string, form-encoded>
 *   GET  /socket.io/1//SID/?disconnect=1     ends the session        200, empty
 *
 *   other number than 1           500 Protocol version not supported.
 *   handshake refused             403 handshake bad origin · 403 handshake unauthorized · 503 handshake error
 *                                 by script: 200 io.j[0](new Error("…"));
 *   session unknown               a GET is answered 7:::1+0 in its transport's dressing, a POST 1, a WebSocket 400
 *   transport unknown, or an upgrade where none belongs: the connection is closed without a byte
 * }</pre>
 *
 * <p>The handshake says: session id, seconds of silence the client bears where there are heartbeats, seconds it bears without
 * any data, transports. The id on the wire is the private session id. The first transport's GET makes the session join the
 * root by itself; the client is connected when it reads {@code 1::}. It may go on with any other transport at any time.
 *
 * <h2>Packets: {@code type:id[+]:endpoint[:data]}</h2>
 *
 * <pre>{@code
 *   0::   0::/chat                           leaves: everything; one namespace
 *   1::   1::/chat   1::/chat?a=b   1::/chat:?a=b      joins; the answer is 1::/chat, or 7::/chat:2
 *   2::                                      a heartbeat; the client sends one back
 *   3:::hé €   3:1::hello   3::/chat:hello   a text; with an id its arrival is acknowledged: 6:::1
 *   4:::{"a":1}                              JSON
 *   5:::{"name":"news","args":[1]}   5:2+::{"name":"ask"}   an event; with + the application answers
 *   6:::2   6:::2+["answer"]   6::/chat:2    an acknowledgement, an answer
 *   7:::1+0   7::/chat:2                     an error: 0 transport, 1 not handshaken, 2 unauthorized; +0: reconnect
 *   8::                                      nothing: ends an idle poll
 *
 *   ␦5␦6:::1␦18␦3:::echo:hé €\n\\n x         a payload of two: ␦ is U+FFFD, the number counts UTF-16 units. One packet goes
 *                                            as it is, and on a WebSocket each is a message of its own
 * }</pre>
 *
 * <h2>States</h2>
 *
 * <pre>
 *       handshake          transport           poll answered or gone
 *   NEW ─────────▶ SHAKEN ──────────▶ OPEN ─────────────────────────────▶ BETWEEN ──── closeTimeout ────▶ GONE
 *                    │                 │ ▲             GET or line           │                             ▲
 *                    │ 30 s            │ └───────────────────────────────────┤ close()                     │
 *                    │                 │ line or page closed,                ▼                             │
 *                    │                 │ close(), 0::, no heartbeat       CLOSING ── next GET or line · ───┤
 *                    │                 │                                             closeTimeout          │
 *                    └─────────────────┴───────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>A client that is sent away, or leaves, gets {@code 0::} and stays away. After every other end it shall come again: a
 * pending poll gets {@code 7:::1+0}, a WebSocket just closes.
 *
 * <p><b>Times</b> are those of {@link io.everwire.protocol.gen1.Gen1Transport}, each an option of its transport: on websocket,
 * flashsocket and htmlfile a heartbeat 25 s after opening or after the last answer, answered within 60 s, and no way back
 * after closing; polls are held 20 s, and the client may take 60 s to poll again. 0.7.0 to 0.9.0 had 20, 15, 20 and 25.
 *
 * <p><b>Ids</b> of the server's own packets count from 1 on the wire, from 0 inside.
 *
 * <p><b>No words</b> exist for binary data: it leaves as a base64 string in its place. A refusal has no text: every refused
 * join is {@code 7::/chat:2}, which the client tells as {@code connect_failed}; of a namespace that does not exist the
 * original says nothing at all. A socket that is sent away from the root is sent away from all its namespaces. What a connect
 * packet's query says is told as the authentication data. The client does not wait until it has joined: what it says to a
 * namespace before the answer is kept, and told or forgotten; to one it is not in, forgotten.
 *
 * <p><b>Kept of the original</b> (vectors/gen1 and the transcripts show it): reading never fails, what cannot be read is
 * passed over; a receipt is sent before and whether or not anybody hears the packet; an idle client joins twice and is
 * answered twice, but is told once here.
 *
 * <p><b>Unlike the original</b>: a packet begins with its type; JSON that is none is no message ({@code false} there), 0 is
 * no ack's id, ids end at 2<sup>53</sup>−1; a payload ends at a packet shorter than promised; {@code 0}, {@code 2} alone are
 * packets, as the written specification of 2011 has it; of two polls the older is answered {@code 8::} (there: never), of two
 * lines the older is closed; a poll that is given up is over (there: what comes meanwhile is lost in it); a client that is
 * sent away between two polls is told with the next (there: it reconnects); an htmlfile page and a poll are told when
 * the session is over; a WebSocket for an unknown session is refused with 400 (there: accepted, told {@code 7:::1+0}, closed);
 * a POST that is too large gets 413 (there: the connection was destroyed at 100 MB); a form without a JSON string ends the
 * session (there: an exception); texts cannot break out of scripts; heartbeats switched off are announced as 24 days (there:
 * as nothing, which the client takes for no patience); flashsocket is offered where {@code transports} names it; what waits is
 * bounded; {@code /socket.io/} itself is not of this generation.
 *
 * <p><b>Of the client</b> 0.9.17: on htmlfile it makes {@code /} of {@code \/} in what it reads, texts included; of an answer
 * it reads the first line, so answers have one; events with an id and no {@code +} it does not acknowledge.
 */
@NullMarked
package io.everwire.protocol.gen1;

import org.jspecify.annotations.NullMarked;
