/**
 * Generation 1, Socket.IO 0.7 to 0.9 (June 2011 to April 2014), "protocol 1": the wire card.
 *
 * <p>The reference is socket.io 0.9.19 with socket.io-client 0.9.17; statements about them were observed in their answers.
 *
 * <h2>Requests</h2>
 *
 * <pre>{@code
 *   GET  /socket.io/1/?t=1321977600000       handshake               200 SID:60:60:websocket,htmlfile,xhr-polling,jsonp-polling
 *   GET  /socket.io/                        asks whether it runs    200 Welcome to socket.io.
 *   GET  /socket.io/1/?jsonp=0               by script               200 io.j[0]("SID:60:60:…");
 *   GET  /socket.io/1/websocket/SID          with Upgrade: a WebSocket; flashsocket the same, its WebSocket opened by Flash
 *   GET  /socket.io/1/xhr-polling/SID?t=…    polls                   200 packets, after 20 s 8::
 *   GET  /socket.io/1/jsonp-polling/SID?i=0  polls by script         200 io.j[0]("packets");
 *   GET  /socket.io/1/htmlfile/SID           a page without end      200 <html>… <script>_("packets");</script> …
 *   POST /socket.io/1/<any of these three>/SID   carries packets     200 1, whatever they are, and before they are read
 *                                            jsonp-polling: d=<a JSON string, form-encoded>
 *                                            of clients up to 0.8.5: d=<packets, form-encoded>
 *   GET  /socket.io/1//SID/?disconnect=1     ends the session        200, empty
 *
 *   other number than 1           500 Protocol version not supported.
 *   handshake rejected            403 handshake bad origin · 403 handshake unauthorized · 503 handshake error
 *                                 by script: 200 io.j[0](new Error("…")); also if jsonp-polling is not served
 *   session unknown               a GET is answered 7:::1+0 in its transport's form, a POST 1, a WebSocket 400
 *   transport unknown, or an upgrade of another transport than a WebSocket's: the connection is closed without a byte
 * }</pre>
 *
 * <p>The handshake contains: session id, seconds of silence after which the client closes if its transport has heartbeats,
 * seconds without any data after which it closes, transports. The id on the wire is the private session id. The first
 * transport's GET makes the session join the root implicitly; the client is connected when it reads {@code 1::}. It may
 * continue with any other transport at any time.
 *
 * <h2>Packets: {@code type:id[+]:endpoint[:data]}</h2>
 *
 * <pre>{@code
 *   0::   0::/chat                           leaves: everything; one namespace
 *   1::   1::/chat   1::/chat?a=b   1::/chat:?a=b      joins; the answer is 1::/chat, or 7::/chat:2
 *   2::                                      a heartbeat; the client sends one back
 *   3:::hé €   3:1::hello   3::/chat:hello   a text; with an id its arrival is confirmed: 6:::1
 *   4:::{"a":1}                              JSON
 *   5:::{"name":"news","args":[1]}   5:2+::{"name":"ask"}   an event; with + the application answers
 *   6:::2   6:::2+["answer"]   6::/chat:2    a confirmation, an answer
 *   7:::1+0   7::/chat:2                     an error: 0 transport, 1 not handshaken, 2 unauthorized; +0: reconnect
 *   8::                                      nothing: ends an idle poll
 *
 *   ␦5␦6:::1␦18␦3:::echo:hé €\n\\n x         a payload of two: ␦ is U+FFFD, the number counts UTF-16 units. One packet is
 *                                            sent as it is, and on a WebSocket each is a message of its own
 * }</pre>
 *
 * <h2>States</h2>
 *
 * <pre>
 *       handshake             transport           poll answered or aborted
 *   NEW ─────────▶ HANDSHAKEN ──────────▶ OPEN ──────────────────────────────▶ DETACHED ── closeTimeout ───▶ CLOSED
 *                    │                     │ ▲        GET or WebSocket           │                             ▲
 *                    │ 30 s                │ └───────────────────────────────────┤ close()                     │
 *                    │                     │ WebSocket or page closed,           ▼                             │
 *                    │                     │ close(), 0::, no heartbeat       CLOSING ── next GET, WebSocket ──┤
 *                    │                     │                                             or closeTimeout       │
 *                    └─────────────────────┴───────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>A client that the server disconnects, or that leaves, gets {@code 0::} and does not reconnect. After every other end
 * it should reconnect: a pending poll gets {@code 7:::1+0}, a WebSocket is just closed.
 *
 * <p><b>Times</b> are those of {@link io.everwire.protocol.gen1.Gen1Transport}, each an option of its transport. On
 * websocket, flashsocket and htmlfile a heartbeat is sent 25 s after opening or after the last answer, and answered within
 * 60 s; a closed connection ends the session. Polls are held 20 s, and the client may take 60 s to poll again. Versions
 * 0.7.0 to 0.9.0 had 20, 15, 20 and 25.
 *
 * <p><b>Ids</b> of the server's own packets count from 1 on the wire, from 0 inside.
 *
 * <p><b>No packets</b> exist for binary data: it is sent as a base64 string in its place. A rejected join has no text: it
 * is {@code 7::/chat:2}, which the client reports as {@code connect_failed}. For a namespace that does not exist the
 * original sends nothing at all. A socket that is disconnected from the root is disconnected from all its namespaces. The
 * query of a connect packet is reported as the authentication data. The client does not wait until it has joined: packets
 * for a namespace that precede the answer are queued, and then delivered or dropped; packets for a namespace that it has
 * not joined are dropped.
 *
 * <p><b>An event {@code message}</b> with one argument is sent as a message: {@code 3:1::tobi} asks for a receipt, which
 * the client sends by itself. As {@code 5:1+::{"name":"message",…}} it would reach the same listeners, and nobody would
 * answer.
 *
 * <p><b>As in the original</b> (vectors/gen1 and the transcripts show it): reading never fails, and malformed packets are
 * ignored; a receipt is sent before the packet is delivered, and even if it is dropped; an idle client joins twice and is
 * answered twice, but the join is reported once here.
 *
 * <p><b>Unlike the original</b>:
 *
 * <ul>
 *   <li>a packet begins with its type; invalid JSON is no message ({@code false} there), 0 is no ack's id, ids end at
 *       2<sup>53</sup>−1;
 *   <li>a payload ends at a packet shorter than promised;
 *   <li>{@code 0} and {@code 2} alone are packets, as in the written specification of 2011;
 *   <li>of two polls the older is answered {@code 8::} (there: never), of two WebSockets the older is closed;
 *   <li>an aborted poll is over (there: packets sent meanwhile are lost in it);
 *   <li>a client that is disconnected between two polls is notified with the next one (there: it reconnects);
 *   <li>an htmlfile page and a poll are notified when the session is over;
 *   <li>a WebSocket for an unknown session is rejected with 400 (there: accepted, sent {@code 7:::1+0}, closed);
 *   <li>a POST that is too large gets 413 (there: the connection was destroyed at 100 MB);
 *   <li>a form with neither a JSON string nor packets ends the session (there: an exception, and clients up to 0.8.5, which
 *       send the packets as they are, need a server of their own version); in such packets CR LF is read as LF;
 *   <li>texts cannot break out of scripts;
 *   <li>heartbeats switched off are announced as 24 days (there: as nothing, which the client takes for 0);
 *   <li>a handshake by script needs jsonp-polling (there: always answered, and readable by a page of any origin);
 *   <li>flashsocket is offered if {@code transports} lists it;
 *   <li>queued bytes are limited.
 * </ul>
 *
 * <p><b>The client</b> 0.9.17 has three peculiarities: on htmlfile it replaces {@code \/} by {@code /} in everything it
 * reads, texts included; of an answer it reads the first line, so answers have one; it does not confirm events with an id
 * and no {@code +}.
 */
@NullMarked
package io.everwire.protocol.gen1;

import org.jspecify.annotations.NullMarked;
