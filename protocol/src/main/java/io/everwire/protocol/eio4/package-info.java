/**
 * Engine.IO 4 with Socket.IO protocol 5: clients 3.x and 4.x. The wire card.
 *
 * <p>The reference is socket.io 4.8.4 with engine.io 6.6.12 and socket.io-parser 4.2.7; what is said of it here was seen
 * in its answers. Constants carry the same versions where they stand.
 *
 * <h2>Requests</h2>
 *
 * <pre>{@code
 *   GET  /socket.io/?EIO=4&transport=polling                     opens a session          200 0{"sid":"…",…}
 *   GET  /socket.io/?EIO=4&transport=polling&sid=…               polls                    200 packets, when there are any
 *   POST /socket.io/?EIO=4&transport=polling&sid=…               brings packets           200 ok, whatever they were
 *   GET  /socket.io/?EIO=4&transport=websocket        (upgrade)  opens a session          101, then 0{…,"upgrades":[],…}
 *   GET  /socket.io/?EIO=4&transport=websocket&sid=…  (upgrade)  takes over from polling  101, then the probe
 *
 *   refused      400 {"code":1,"message":"Session ID unknown"}; a WebSocket: 400, the message alone
 *   codes        0 Transport unknown · 1 Session ID unknown · 2 Bad handshake method · 3 Bad request
 *                4 Forbidden (403) · 5 Unsupported protocol version; first wrong, first named: Eio4.refusal
 *   while open   second poll, second POST at a time, octet-stream: 400 without a body, "transport error"
 *                body too large: 413, the session goes on · methods but GET and POST: 500, the session goes on
 * }</pre>
 *
 * <h2>Engine.IO packets</h2>
 *
 * <pre>{@code
 *   0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}
 *   1          close           to the client, or from it by POST; on a WebSocket passed over
 *   2, 3       ping, pong      the server pings; a ping from the client is a "transport error"
 *   4…         message         a Socket.IO packet
 *   bAQIDBA==  binary message  in a poll or POST; on a WebSocket a binary frame, without a type
 *   5, 6       upgrade, noop
 *   2probe     3probe          on the WebSocket that wants to take over
 *
 *   0{…}␞4hello   0{…}␞bAQL/   a message that the application wants to be first (initialPacket), in the same answer
 *   a polling body joins packets by U+001E:   4hello␞bAQIDBA==␞2
 * }</pre>
 *
 * <p>The answer to a poll that holds a packet worth it is compressed by the host, with {@code Content-Length}; in the reference
 * it is chunked. {@code 6} and {@code 1} alone are not.
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
 *   with recovery on (clients 4.6 and newer; the others pass over it)
 *   40{"sid":"…","pid":"…"}                            the answer; the pid is the client's secret
 *   42["name",1,"Q87qybG"]                             an event that is kept; its offset is one more argument, the last
 *   451-["name",{"_placeholder":true,"num":0},"Q87…"]  after placeholders too; none with an ack id, none if volatile
 *   40{"pid":"…","offset":"Q87qybG","token":"x"}       the client is back: the last text of the last event, its pid
 *   42["missed","Q87qyca"]   40{"sid":"…","pid":"…"}   what it missed, then the answer with the ids it had
 * }</pre>
 *
 * <h2>Socket.IO packets in msgpack</h2>
 *
 * <p>As socket.io-msgpack-parser 3.0.2 with notepack.io 2.2.0 has them: one binary message each, a map in any order, binary data
 * inside. A session whose first message is binary speaks it, to its end; what is sent to it is made of the text above, once for
 * all who read it ({@code Eio4MsgpackWriter}).
 *
 * <pre>{@code
 *   82 a4"type" 00 a3"nsp" a1"/"                               join; the answer: 83 … a4"data" 81 a3"sid" …
 *   82 a4"type" 01 a3"nsp" a1"/"                               leave
 *   83 a4"type" 02 a3"nsp" a1"/" a4"data" 92 a1"x" c4 01 aa    event, with one byte; a2"id" is its ack id
 *   84 a4"type" 03 a3"nsp" a1"/" a2"id" 0d a4"data" 91 c0      ack; 04 a refusal; there is no 05 and no 06
 *   a7"options" 81 a8"compress" c3                             as other keys, sent by the client and read by nobody
 *
 *   integers up to 64 bits as they are, other numbers float 64 · str, array, map in any length
 *   bin, and ext of type 0     binary data (a Buffer; an ArrayBuffer or what looks into one)
 *   d4 00 xx                   undefined: null in an array, nothing as a value in a map
 *   d7 00 and 8 bytes          Date: milliseconds since 1970; becomes the text that JSON.stringify makes of it
 *   any other ext              [type, binary data], as there
 *   NaN, Infinity              null
 * }</pre>
 *
 * <h2>States</h2>
 *
 * <pre>{@code
 *          first poll                  WebSocket, same sid             "5"
 *   NEW ─────────────▶ OPEN, polling ─────────────────────▶ (probing) ─────▶ OPEN, on the line
 *    │                    ▲    │            anything else, 10 s │              ▲          │
 *    │                    └────┼────────────────────────────────┘              │          │
 *    └──── first WebSocket ────┼───────────────────────────────────────────────┘          │
 *                              │ close() while no poll is pending                         │
 *                              ▼                                                          ▼
 *                           CLOSING ── next poll · 30 s · POST "1" · upgrade ──────────▶ CLOSED
 * }</pre>
 *
 * <pre>{@code
 *   CLOSED, and what the client sees of it           told           a pending poll gets
 *   line closed by either side, POST "1"             transport close      6
 *   poll or POST given up, rule of polling broken    transport error      1
 *   packet "2" from the client                       transport error      1
 *   unknown Engine.IO packet, empty frame or body    parse error          1
 *   unreadable Socket.IO packet                      forced close         1 (if none: CLOSING)
 *   attachments that did not come in time            forced close         1 (if none: CLOSING)
 *   no pong                                          ping timeout         1
 *   close(): the reason given                                             1
 *   close() because the server goes down, or because a rule was broken: at once, never CLOSING
 *   CLOSING answers a poll with all that waits, the next one with "6␞1"
 * }</pre>
 *
 * <h2>Time</h2>
 *
 * <p>A ping {@code pingInterval} after the opening and after each pong; {@code pingTimeout} for the pong, which one other
 * packet per ping extends; an upgrade forgives a pong that is due. While probing, a pending poll gets {@code 6} every
 * 100 ms, beginning 100 ms after the probe, and the probing line is closed after {@code upgradeTimeout}.
 *
 * <h2>Engine.IO alone</h2>
 *
 * <p>{@link io.everwire.protocol.eio4.Eio4#engine} is the same without Socket.IO: as the npm module {@code engine.io}. All above
 * but the packets of Socket.IO holds; who opens a session is in {@code /} at once.
 *
 * <pre>{@code
 *   4hello             the message "hello", a text, whatever it looks like
 *   <01 02>            the message <01 02>; where there is no binary bAQI=
 *   4{"a":1}           a message that is neither is sent as its JSON; it comes back as a text
 *   4{"name":"news","args":[1]}   an event, the same form that the clients of 2010 get; to be sent only
 *   4{"a":{"_placeholder":true,"num":0}}, <01 02>   binary data inside of either follows
 * }</pre>
 *
 * <p>A disconnect ends the session. Acks, other namespaces and answers to joining go unsaid.
 *
 * <h2>Not as the reference does it</h2>
 *
 * <ul>
 *   <li>It takes every request below its path. Here, what carries neither {@code transport} nor {@code EIO} is left to the
 *       application ({@code /socket.io/inexistent}), and nothing but {@code /socket.io/} itself is refused without them.
 *   <li>A WebSocket with {@code transport=polling}, or of an unknown version, is refused with 400; there it is accepted
 *       first and closed then.
 *   <li>A request with {@code transport=websocket} for a session on a WebSocket is answered 400, code 3; there it hangs.
 *   <li>A WebSocket for a session that was opened on one, or where {@code upgrades} is off, is closed; there it may probe.
 *   <li>A packet and its attachments share the answer to a poll; there a second poll is needed.
 *   <li>What stands before the end of a session, or before a broken packet, is heard; there it reaches no handler if both arrive
 *       in one piece (but for the close frame of a WebSocket).
 *   <li>Who breaks a rule of namespaces is told {@code forced server close}; there {@code forced close}, unless it polls and no
 *       poll is pending.
 *   <li>A namespace is joined, and left, when its packet is read: what follows in the same piece finds it so. There, an event
 *       behind its CONNECT and a CONNECT behind a {@code 41} break the rules. While middleware decides, a second CONNECT does;
 *       there both join.
 *   <li>What comes for a namespace that the server has ended is passed over, whenever it comes; there it breaks the rules. An event
 *       without payload is passed over in any namespace; there, in none that is not joined.
 *   <li>A body that is not UTF-8 holds broken packets; there, U+FFFD stands for what is wrong.
 *   <li>Numbers are digits: there, blanks stand for 0 in an ack id, {@code 1e0} and {@code 0x1} count attachments, and
 *       {@code 0.5} is an index. Ack ids end at 2<sup>53</sup>−1, namespaces at 256 characters; base64 has no other
 *       characters than its own and line ends, which the Java client writes; the attachments of one packet together are no larger than a message.
 *   <li>One server has both parsers; there it has one, for all. Text to msgpack, or a binary message that no text announced, is
 *       a broken packet, as there.
 *   <li>In msgpack, what the default parser refuses is refused as well: names that are reserved or missing, ack ids that are
 *       negative or beyond 2<sup>53</sup>−1, more attachments than allowed, text that is not UTF-8; there nobody looks. Type and id
 *       are integers, keys strings or integers; there a double will do, and anything for a key. A namespace begins with a slash
 *       and has no comma, or clients of the other parser could not be told of it. A map with {@code "_placeholder":true} beside
 *       binary data would be taken for some of it, and is refused.
 *   <li>What a client lets pile up is bounded by {@code maxQueued}; there it is not.
 *   <li>Offsets are written by the room, so that other generations do not get them; there, a 2.x client gets them as well.
 *   <li>No JSON-P (no client of this version asks for it), no {@code X-XSS-Protection} for Internet Explorer.
 * </ul>
 */
@NullMarked
package io.everwire.protocol.eio4;

import org.jspecify.annotations.NullMarked;
