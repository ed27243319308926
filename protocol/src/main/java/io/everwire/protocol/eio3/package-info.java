/**
 * Engine.IO 2 and 3 with Socket.IO protocol 4: clients 1.0 to 2.5. The wire card.
 *
 * <p>The reference is socket.io 2.5.1 with engine.io 3.6.2, engine.io-parser 2.2.1 and socket.io-parser 3.4.5. Differences
 * from socket.io 1.7.4 (engine.io 1.8.5) and from 4.8.4 with {@code allowEIO3} (engine.io 6.6.12) are noted. Statements about
 * them were observed in their answers. Constants name the same versions in their comments.
 *
 * <h2>Requests</h2>
 *
 * <pre>{@code
 *   GET  /socket.io/?EIO=3&transport=polling                     opens a session          200 118:0{"sid":"…",…}
 *   GET  /socket.io/?EIO=3&transport=polling&sid=…               polls                    200 packets, when there are any
 *   POST /socket.io/?EIO=3&transport=polling&sid=…               carries packets          200 ok, whatever they are
 *   GET  /socket.io/?EIO=3&transport=websocket        (upgrade)  opens a session          101, then 0{…,"upgrades":[],…}
 *   GET  /socket.io/?EIO=3&transport=websocket&sid=…  (upgrade)  replaces polling         101, then the probe
 *
 *   EIO          3, or 2, or missing, or nonsense; only 4 is another generation
 *   path         anything before the query: /socket.io/1/?EIO=2&transport=polling of Cocos
 *   &b64=1       the client takes no binary: base64, in polls or on the WebSocket whose request says so
 *   &j=0         JSON-P, see below. In options it is the transport "jsonp-polling"
 *   &t=…         against caches; its form identifies the oldest clients, see dialects
 *
 *   rejected     400 {"code":1,"message":"Session ID unknown"}; a WebSocket: 400, the message alone
 *   codes        0 Transport unknown · 1 Session ID unknown · 2 Bad handshake method · 3 Bad request
 *                4 Forbidden (403); the first error found is named: Eio3.refusal
 *   while open   second poll, second POST at a time: 400 without a body, "transport error"
 *                body too large: 413, the session continues · methods but GET and POST: 500, the session continues
 * }</pre>
 *
 * <h2>Engine.IO packets</h2>
 *
 * <pre>{@code
 *   0{"sid":"WfUQBk7-wvdLZPMoAAAA","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}
 *   1          close           to the client, or from it by POST; on a WebSocket ignored
 *   2, 3       ping, pong      the client pings; the answer is bare, whatever the ping contained; a pong is ignored
 *   4…         message         a Socket.IO packet
 *   <04…>      binary message  the type is the first byte, also on a WebSocket; for a client without binary: b4AQIDBA==
 *   5, 6       upgrade, noop
 *   2probe     3probe          on the WebSocket that is to replace polling
 *
 *   118:0{…}6:4hello   a message that the application wants to be first (initialPacket), in the same response; a binary
 *                      one makes the response binary. The reference writes that as an object for JSON-P without b64=1,
 *                      which no client asks for
 * }</pre>
 *
 * <p>A body of text counts UTF-16 units. A body of {@code application/octet-stream} counts bytes. It has four parts for each
 * packet: 0 or 1 for text or binary, one byte for each digit of the length, FF, the packet:
 *
 * <pre>{@code
 *   6:4hello2:4€10:b4AQIDBA==
 *   00 06 ff "4hello"   00 04 ff "4€"   01 05 ff 04 01 02 03 04
 *
 *   ___eio[0]("6:4hello");                   JSON-P: the response to a poll, in ASCII and without "<"
 *   d=6%3A4hello                             a POST; line ends are "\n", and a text that looks like that has one backslash more
 * }</pre>
 *
 * <h2>Socket.IO packets</h2>
 *
 * <pre>{@code
 *   40                                                 confirms that / is joined, which needs no request
 *   40/admin   40/admin,   40/admin?token=x            join; the answer: 40/admin,   44/admin,"Not authorized"
 *   41   41/admin,                                     leave
 *   42["name",1]   4213["ask"]   42/admin,13["ask"]    event, with ack id, in a namespace
 *   4313["answer"]                                     ack; 0 is an id like any other
 *   451-["name",{"_placeholder":true,"num":0}]         event with one attachment, which follows; 461-13[…] the ack
 * }</pre>
 *
 * <ul>
 *   <li>The query of a namespace is reported as the payload of {@code connect}, an object of strings: applications find it in
 *       the handshake's auth, like the data of later clients. Clients 1.x put theirs into the query of the session, as those
 *       2.x do for the main namespace; it is then in the handshake's query.
 *   <li>A refusal is the error's data if it has any, otherwise its message as a string, as in 2.x. For an unknown namespace
 *       4.8.4 writes an object, which these clients do not expect.
 *   <li>Ids. {@code 40} has no place for one: the clients since 1.2 take the session's id from the open packet for {@code
 *       socket.id}, those 2.x write {@code /admin#sid} in namespaces. They only show it to the application. The id that the
 *       server shows is another one; a page that needs it must be sent it in a message. The session's id is a secret.
 *   <li>A client that asks to join twice is answered twice (1.7.4; 2.5.1 does so for all but the main namespace); the server
 *       is notified once. Clients 1.x count these answers to know when nothing is joined any more.
 *   <li>Packets for a namespace that the client has not joined are ignored (4.8.4 closes).
 *   <li>A refusal of the main namespace refuses no other: each has its own middleware. In 2.x nothing can be joined before it.
 * </ul>
 *
 * <h2>Dialects</h2>
 *
 * <pre>{@code
 *   clients        EIO  t                 text in a body   text on a WebSocket  polls of a client that takes binary
 *   1.0            2    1405512345678-0   UTF-8 twice      UTF-8 twice          always in the binary framing
 *   1.1 to 1.3     3    1405512345678-0   UTF-8 twice      UTF-8                always in the binary framing
 *   1.4 to 1.7     3    Q86ltJn           UTF-8 twice      UTF-8                either; long ones in the binary framing
 *   2.0 to 2.5     3    Q86ltJn           UTF-8            UTF-8                either
 *
 *   é twice is U+00C3 U+00A9, that is c3 83 c2 a9, and counts two. In the binary framing text is always UTF-8 once.
 * }</pre>
 *
 * <p>The reference serves the last line only. Here all are served, by the properties that each session shows:
 *
 * <ul>
 *   <li>JSON is written in ASCII, other characters escaped: it is the same once or twice, and every length agrees. So one
 *       encoding serves all receivers. Only names of namespaces cannot be escaped; they are written as the client writes them.
 *   <li>Polls are answered in the binary framing if {@code EIO} is 2 or {@code t} is the time, or if they carry an attachment;
 *       otherwise in text. Never with {@code b64} or {@code j}. A server 1.x used the binary framing for all clients without
 *       these parameters.
 *   <li>Clients 1.4 to 1.7 fail on a long text: in Chromium on some 124,000 bytes, in Safari on 65,536. Their requests look like
 *       those of 2.x. So a browser, which is known by its {@code User-Agent}, gets more than 32 KiB in the binary framing.
 *       Outside of browsers, clients 2.x may not read that framing (React Native).
 *   <li>One response has at most 64 KiB of packets, or one packet, because clients copy the rest of the binary framing for each
 *       packet. The next polls carry the others. With {@code b64} or {@code j} there is no limit.
 *   <li>Text of a body counts as encoded twice if it has characters beyond ASCII, all of them below U+0100, that as bytes are
 *       valid UTF-8, with or without lone surrogates. A text that is not so was encoded once. It identifies a client 2.x, and
 *       later text is not tested, unless {@code t} has shown a client 1.0 to 1.3. Until then, a client 2.x that begins with
 *       nothing but such text ({@code Ã©}) is misread: the one ambiguous case.
 *   <li>{@code EIO=2} without such a {@code t} may also be a client of Cocos, which encodes once; it is tested like 1.4.
 * </ul>
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
 *   unknown Engine.IO packet, empty frame or text,   parse error          1
 *     a length that does not fit
 *   unreadable Socket.IO packet                      forced close         1 (if none: CLOSING)
 *   no packet in time                                ping timeout         1
 *   close(): the reason given                                             1
 *   close() because the server shuts down, or because a rule was violated: at once, never CLOSING
 *   CLOSING answers a poll with all queued packets, the next one with "6" and "1"
 * }</pre>
 *
 * <h2>Time</h2>
 *
 * <p>The client pings every {@code pingInterval}. The session ends {@code pingInterval + pingTimeout} after the last packet of
 * any kind, an upgrade included. While probing, a pending poll gets {@code 6} every 100 ms, beginning 100 ms after the probe,
 * and the probing WebSocket is closed after {@code upgradeTimeout}.
 *
 * <h2>Engine.IO alone</h2>
 *
 * <p>{@link io.everwire.protocol.eio3.Eio3#engine} is the same without Socket.IO: like the npm module {@code engine.io}. All
 * of the above holds except for the packets of Socket.IO. A client that opens a session is in {@code /} at once.
 *
 * <pre>{@code
 *   4hello             the message "hello", a text, whatever it looks like
 *   <04 01 02>         the message <01 02>; for a client without binary b4AQI=
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
 *   <li>{@code 40} is sent with the first poll after the handshake, as in 1.x and 4.x; 2.x has it in the answer to the
 *       handshake.
 *   <li>The open packet contains {@code maxPayload}, as in 4.x. A body too large is answered 413, as in 4.x; 2.x breaks the
 *       connection.
 *   <li>Rules of polling are enforced with 400, as in 4.x; 2.x answers 500.
 *   <li>JSON-P is sent as {@code text/javascript}, all but ASCII escaped; the reference sends {@code text/plain}, with only
 *       U+2028 and U+2029 escaped. A batch with an attachment is base64, whether or not the request has {@code b64}.
 *   <li>Lengths are digits and must fit; in the reference {@code 1e0} and {@code +1} are lengths, and a truncated packet in the
 *       binary framing is accepted. Binary packets other than messages are ignored; the reference answers a binary ping.
 *       Base64 has no other characters than its own.
 *   <li>Names of events that have a meaning of their own are rejected as in 4.x, and so are packets of unknown types; 2.x
 *       ignores the latter. Numbers are digits; ack ids end at 2<sup>53</sup>−1; the
 *       bytes queued for a client are limited by {@code maxQueued}.
 *   <li>Each attachment has one placeholder at most; in the reference any number of placeholders may share one, so that a
 *       message costs its receivers many times its size.
 *   <li>Requests with a longer path than {@code /socket.io/} are claimed only with {@code EIO}, {@code transport=polling} or
 *       {@code transport=websocket}; the reference takes all. A WebSocket that the card of the other
 *       Engine.IO generation rejects gets 400 here, too, instead of being accepted and closed.
 * </ul>
 */
@NullMarked
package io.everwire.protocol.eio3;

import org.jspecify.annotations.NullMarked;
