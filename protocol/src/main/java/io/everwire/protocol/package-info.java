/**
 * The vocabulary that every generation, the server and the hosts share, and the seam between them.
 *
 * <pre>
 *   host (Netty, Servlet, tests)          generation (gen0, eio4, …)            server
 *   ────────────────────────────          ──────────────────────────            ──────
 *   {@link io.everwire.protocol.RequestHead} ──▶ {@link io.everwire.protocol.Generation#claim}
 *   {@link io.everwire.protocol.Exchange}    ◀─▶ {@link io.everwire.protocol.Session}  ──▶ {@link io.everwire.protocol.SessionListener}
 *   {@link io.everwire.protocol.WebSocketLine}        ◀─▶ {@link io.everwire.protocol.Session}  ◀── {@link io.everwire.protocol.Encoded}
 * </pre>
 *
 * <p>A session is a state machine without I/O: its caller reports an event and the time, and it answers through the
 * ports that it was given. Everything here is bytes. JSON is passed through as UTF-8; the server binds it to types once.
 */
@NullMarked
package io.everwire.protocol;

import org.jspecify.annotations.NullMarked;
