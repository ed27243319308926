/**
 * Engine.IO 4 with Socket.IO protocol 5: clients 3.x and 4.x. The wire card.
 *
 * <p>The reference is socket.io 4.8.4 with engine.io 6.6.12 and socket.io-parser 4.2.7. Statements about it were observed
 * in its answers. Constants name the same versions in their comments.
 *
 * <h2>Requests</h2>
 *
 * <pre>{@code
 *   GET  /socket.io/?EIO=4&transport=polling                     opens a session          200 0{"sid":"…",…}
 *   GET  /socket.io/?EIO=4&transport=polling&sid=…               polls                    200 packets, when there are any
 *   POST /socket.io/?EIO=4&transport=polling&sid=…               carries packets          200 ok, whatever they are
 *   GET  /socket.io/?EIO=4&transport=websocket        (upgrade)  opens a session          101, then 0{…,"upgrades":[],…}
 *   GET  /socket.io/?EIO=4&transport=websocket&sid=…  (upgrade)  replaces polling         101, then the probe
 *
 *   rejected     400 {"code":1,"message":"Session ID unknown"}; a WebSocket: 400, the message alone
 *   codes        0 Transport unknown · 1 Session ID unknown · 2 Bad handshake method · 3 Bad request
 *                4 Forbidden (403) · 5 Unsupported protocol version; the first error found is named: Eio4.refusal
 *   while open   second poll, second POST at a time, octet-stream: 400 without a body, "transport error"
 *                body too large: 413, the session continues · methods but GET and POST: 500, the session continues
 * }</pre>
 *
 * <h2>Engine.IO packets</h2>
 *
 * <pre>{@code
 *   0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}
 *   1          close           to the client, or from it by POST; on a WebSocket ignored
 *   2, 3       ping, pong      the server pings; a ping from the client is a "transport error"
 *   4…         message         a Socket.IO packet
 *   bAQIDBA==  binary message  in a poll or POST; on a WebSocket a binary frame, without a type
 *   5, 6       upgrade, noop
 *   2probe     3probe          on the WebSocket that is to replace polling
 *
 *   0{…}␞4hello   0{…}␞bAQL/   a message that the application wants to be first (initialPacket), in the same response
 *   a polling body separates packets by U+001E:   4hello␞bAQIDBA==␞2
 * }</pre>
 *
 * <p>The response to a poll that holds a packet worth compressing is compressed by the host, with {@code Content-Length};
 * in the reference it is chunked. {@code 6} and {@code 1} alone are not compressed.
 *
 * <h2>Socket.IO packets</h2>
 *
 * <pre>{@code
 *   40   40{"token":"x"}   40/admin,   40/admin,{}     join; the answer: 40{"sid":"…"}   44/admin,{"message":"…"}
 *   41   41/admin,                                     leave
 *   42["name",1]   4213["ask"]   42/admin,13["ask"]    event, with ack id, in a namespace
 *   4313["answer"]                                     ack; 0 is an id like any other
 *   451-["name",{"_placeholder":true,"num":0}]         event with one attachment, which follows; 461-13[…] the ack
 *
 *   with recovery on (clients 4.6 and newer; the others ignore it)
 *   40{"sid":"…","pid":"…"}                            the answer; the pid is the client's secret
 *   42["name",1,"Q87qybG"]                             an event that is stored; its offset is one more argument, the last
 *   451-["name",{"_placeholder":true,"num":0},"Q87…"]  behind placeholders too; none with an ack id, none if volatile
 *   40{"pid":"…","offset":"Q87qybG","token":"x"}       the client reconnects: its pid, the offset of its last event
 *   42["missed","Q87qyca"]   40{"sid":"…","pid":"…"}   the events it missed, then the answer with its former ids
 * }</pre>
 *
 * <h2>Socket.IO packets in msgpack</h2>
 *
 * <p>The form is that of socket.io-msgpack-parser 3.0.2 with notepack.io 2.2.0: one binary message each, a map in any order,
 * with binary data inside. A session whose first message is binary uses it to its end. Packets for it are converted from
 * the text above, once for all sessions that read it ({@code Eio4MsgpackWriter}).
 *
 * <pre>{@code
 *   82 a4"type" 00 a3"nsp" a1"/"                               join; the answer: 83 … a4"data" 81 a3"sid" …
 *   82 a4"type" 01 a3"nsp" a1"/"                               leave
 *   83 a4"type" 02 a3"nsp" a1"/" a4"data" 92 a1"x" c4 01 aa    event, with one byte; a2"id" is its ack id
 *   84 a4"type" 03 a3"nsp" a1"/" a2"id" 0d a4"data" 91 c0      ack; 04 a refusal; 05 and 06 do not exist
 *   a7"options" 81 a8"compress" c3                             like other keys sent by the client and ignored
 *
 *   integers up to 64 bits as they are, other numbers float 64 · str, array, map in any length
 *   bin, and ext of type 0     binary data (a Buffer; an ArrayBuffer or a view of one)
 *   d4 00 xx                   undefined: null in an array, nothing as a value in a map
 *   d7 00 and 8 bytes          Date: milliseconds since 1970; becomes the text that JSON.stringify makes of it
 *   any other ext              [type, binary data], as in the reference
 *   NaN, Infinity              null
 * }</pre>
 *
 * <h2>States</h2>
 *
 * <pre>{@code
 *          first poll                  WebSocket, same sid             "5"
 *   NEW ─────────────▶ OPEN, polling ─────────────────────▶ (probing) ─────▶ OPEN, on a WebSocket
 *    │                    ▲    │            anything else, 10 s │              ▲          │
 *    │                    └────┼────────────────────────────────┘              │          │
 *    └──── first WebSocket ────┼───────────────────────────────────────────────┘          │
 *                              │ close() while no poll is pending                         │
 *                              ▼                                                          ▼
 *                           CLOSING ── next poll · 30 s · POST "1" · upgrade ──────────▶ CLOSED
 * }</pre>
 *
 * <pre>{@code
 *   CLOSED, by an event that the client sees         reported       a pending poll gets
 *   WebSocket closed by either side, POST "1"        transport close      6
 *   poll or POST aborted, rule of polling violated   transport error      1
 *   packet "2" from the client                       transport error      1
 *   unknown Engine.IO packet, empty frame or body    parse error          1
 *   unreadable Socket.IO packet                      forced close         1 (if none: CLOSING)
 *   attachments that did not arrive in time          forced close         1 (if none: CLOSING)
 *   no pong                                          ping timeout         1
 *   close(): the reason given                                             1
 *   close() because the server shuts down, or because a rule was violated: at once, never CLOSING
 *   CLOSING answers a poll with all queued packets, the next one with "6␞1"
 * }</pre>
 *
 * <h2>Time</h2>
 *
 * <p>The server sends a ping {@code pingInterval} after the opening and after each pong. The pong must arrive within {@code
 * pingTimeout}; one other packet per ping extends that time. An upgrade cancels the wait for a pong. While probing, a
 * pending poll gets {@code 6} every 100 ms, beginning 100 ms after the probe, and the probing WebSocket is closed after
 * {@code upgradeTimeout}.
 *
 * <h2>Engine.IO alone</h2>
 *
 * <p>{@link io.everwire.protocol.eio4.Eio4#engine} is the same without Socket.IO: like the npm module {@code engine.io}. All
 * of the above holds except for the packets of Socket.IO. A client that opens a session is in {@code /} at once.
 *
 * <pre>{@code
 *   4hello             the message "hello", a text, whatever it looks like
 *   <01 02>            the message <01 02>; for a client without binary bAQI=
 *   4{"a":1}           a message that is neither is sent as its JSON; it comes back as a text
 *   4{"name":"news","args":[1]}   an event, in the same form as for 0.6 clients; to be sent only
 *   4{"a":{"_placeholder":true,"num":0}}, <01 02>   binary data inside of either follows
 * }</pre>
 *
 * <p>A disconnect ends the session. Acks, other namespaces and answers to joining are not sent.
 *
 * <h2>Differences from the reference</h2>
 *
 * <ul>
 *   <li>The reference takes every request below its path. Here, a request with neither {@code transport} nor {@code EIO} is
 *       left to the application ({@code /socket.io/inexistent}); only {@code /socket.io/} itself is rejected without them.
 *   <li>A WebSocket with {@code transport=polling}, or of an unknown version, is rejected with 400; the reference accepts it
 *       first and then closes.
 *   <li>A request with {@code transport=websocket} for a session on a WebSocket is answered 400, code 3; in the reference it
 *       hangs.
 *   <li>A WebSocket for a session that was opened on one, or with {@code upgrades} off, is closed; in the reference it may
 *       probe.
 *   <li>A packet and its attachments share the response to a poll; in the reference a second poll is needed.
 *   <li>Packets before the end of a session, or before a broken packet, are delivered; in the reference they reach no
 *       handler if both arrive in one piece (except before the close frame of a WebSocket).
 *   <li>A client that violates a rule of namespaces is closed with {@code forced server close}; in the reference with {@code
 *       forced close}, unless it polls and no poll is pending.
 *   <li>A namespace is joined, and left, when its packet is read: later packets of the same piece see that. In the
 *       reference, an event behind its CONNECT and a CONNECT behind a {@code 41} violate the rules.
 *   <li>A CONNECT for a namespace that the client has joined or is joining replaces the earlier one: official clients send it
 *       if an application calls connect, disconnect and connect before the server answers. In the reference both sockets
 *       join, or the second CONNECT violates the rules, depending on how the bytes are split.
 *   <li>While middleware decides, {@code 41} abandons the attempt, and events and acks are ignored; in the reference they violate the
 *       rules.
 *   <li>Packets for a namespace that the server has ended are ignored at any time; in the reference they violate the rules.
 *       An event without payload is ignored in any namespace; in the reference, only in one that is joined.
 *   <li>A body that is not UTF-8 holds broken packets; in the reference, U+FFFD replaces invalid bytes.
 *   <li>Numbers are digits: in the reference, blanks mean 0 in an ack id, {@code 1e0} and {@code 0x1} count attachments, and
 *       {@code 0.5} is an index. Ack ids end at 2<sup>53</sup>−1. Base64 has no other
 *       characters than its own and line ends, which the Java client writes.
 *   <li>One server has both parsers; the reference has one for all clients. Text to msgpack, or a binary message that no
 *       text announced, is a broken packet, as in the reference.
 *   <li>In msgpack, packets that the default parser rejects are rejected as well: names that are reserved or missing, ack ids
 *       that are negative or beyond 2<sup>53</sup>−1, more attachments than allowed, text that is not UTF-8; the reference
 *       checks none of these. Type and id are integers, keys strings or integers; in the reference a double is accepted,
 *       and anything as a key. A namespace begins with a slash and has no comma, because clients of the other parser could
 *       not address it. A map with {@code "_placeholder":true} beside binary data would look like a placeholder of it, and
 *       is rejected.
 *   <li>Each attachment has one placeholder at most; in the reference any number of placeholders may share one, so that a
 *       message costs its receivers many times its size.
 *   <li>The bytes queued for a client are limited by {@code maxQueued}; the reference has no limit.
 *   <li>Offsets are written by this generation only, so that others do not get them; in the reference, a 2.x client gets
 *       them as well.
 *   <li>JSON-P (no client of this version asks for it) and {@code X-XSS-Protection} for Internet Explorer do not exist.
 * </ul>
 */
@NullMarked
package io.everwire.protocol.eio4;

import org.jspecify.annotations.NullMarked;
