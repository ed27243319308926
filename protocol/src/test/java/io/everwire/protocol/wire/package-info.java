/**
 * Plays wire transcripts (the {@code .wire} files under {@code transcripts}), and holds the contract of every generation.
 *
 * <p>{@link io.everwire.protocol.wire.Transcript} reads a transcript and knows no host;
 * {@link io.everwire.protocol.wire.GenerationPlayer} plays it against a generation on virtual time, through
 * {@link io.everwire.protocol.wire.GenerationHost}, the smallest engine there is. Hosts play the same transcripts over real
 * sockets, in real time, if they let little of it pass; such transcripts must not depend on events just before a deadline.
 * The format:
 *
 * <pre>{@code
 * # the first line says what the file shows; further comments anywhere
 * options pingInterval=300 transport.polling.closeTimeout=10    SessionOptions by name, before the first step
 * a> GET /socket.io/?EIO=4&transport=polling     an HTTP exchange called "a"; the target as sent
 *    Origin: http://x.example                    indented: headers
 *    "body"                                      indented JSON string or <hex>: the body; "..." without quotes: comes later
 * a> "body"                                      the body that was to come later
 * a> gone                                        the peer disconnects
 * a< 200                                         the response; indented: headers it must have, and its exact body
 * a< drop | a< pending                           closed without a byte; no answer so far
 * a< stream 200                                  the beginning of a response that continues, its body the first piece
 * a< "piece" | a< end | a< drop | a< nothing     the next piece, as a chunk of its own; its end; aborted
 * w> WS /socket.io/?EIO=4&transport=websocket    asks for a WebSocket called "w"; rejected ones answer like an exchange
 * w< open
 * w> "text" | w> <0102ff> | w> close | w> abort  the peer sends, closes, or breaks the connection
 * w< "text" | w< <0102ff> | w< close 1005 | w< nothing
 * + 25s | + 100ms                                time passes
 * app< event / ["hello",1]                       the events of the listener, in order
 * app> event / ack=13 ["hello",{"_placeholder":true,"num":0}] <0102ff>
 * app> close server shutting down
 * }</pre>
 *
 * <p>Packets: {@code connect <nsp> [json]}, {@code connect_error <nsp> <json>}, {@code disconnect <nsp>}, {@code event
 * <nsp> [ack=n] <json array> [<hex> …]}, {@code message <nsp> [ack=n] <json> [<hex> …]}, {@code ack <nsp> <id> <json array>
 * [<hex> …]}; the listener also receives {@code transport <name>} and {@code closed <reason>}. Packets of the server go to the
 * session opened last. {@code $sid} (and {@code $sid2} …) in expected output stands for a session id, and for the same id
 * afterwards, in the client's lines too. A request that no generation claims is answered 404, in place of the application.
 */
@NullMarked
package io.everwire.protocol.wire;

import org.jspecify.annotations.NullMarked;
