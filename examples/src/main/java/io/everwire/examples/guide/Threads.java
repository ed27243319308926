package io.everwire.examples.guide;

import io.everwire.HandlerMode;
import io.everwire.Room;
import io.everwire.ServerOptions;
import io.everwire.SocketIoServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Threads of handlers, and emits of other threads. */
@SuppressWarnings("FutureReturnValueIgnored") // failures are logged
public final class Threads {
    private Threads() {}

    public static void blocking(SocketIoServer server, Function<String, String> database) {
        // docs: threads-blocking
        server.onCall("find", String.class, (socket, name) -> database.apply(name)); // blocks this socket only
        // docs: end
    }

    public static void asking(SocketIoServer server) {
        // docs: threads-asking
        server.on("delete", String.class, (socket, file) -> {
            Boolean sure = socket.call("sure?", Boolean.class, file).join(); // a handler may wait for its own client
            socket.emit(Boolean.TRUE.equals(sure) ? "deleted" : "kept", file); // null: an empty ack
        });
        // docs: end
    }

    public static void later(SocketIoServer server, Function<String, CompletableFuture<String>> database) {
        // docs: threads-later
        server.onCall(
                "find later", String.class, (socket, name) -> database.apply(name)); // the next event does not wait
        // docs: end
    }

    public static void anyThread(SocketIoServer server, ScheduledExecutorService timer) {
        // docs: threads-any
        timer.scheduleAtFixedRate(() -> server.emit("time", Instant.now().toString()), 0, 1, TimeUnit.SECONDS);
        // docs: end
    }

    /** A game. */
    public static final class Board {
        private final List<String> moves = new ArrayList<>();
        private int ticks;

        /** Plays a move; returns whether it is allowed: nobody moves twice in a row. */
        boolean play(String player, String move) {
            String last = moves.isEmpty() ? "" : moves.get(moves.size() - 1);
            return !last.startsWith(player) && moves.add(player + " " + move);
        }

        int advance() {
            return ++ticks;
        }

        boolean isOver() {
            return ticks >= 3;
        }
    }

    public static void room(SocketIoServer server, Map<String, Board> boards) {
        // docs: threads-room
        server.on("move", String.class, String.class, (socket, match, move) -> {
            Board board = boards.get(match); // used by the tasks of its room only: it has no lock
            if (board == null) {
                socket.emit("rejected", move);
                return;
            }
            Room room = server.room("match " + match);
            room.execute(() -> {
                if (board.play(socket.id(), move)) {
                    server.to(room.name()).emit("moved", move);
                } else {
                    socket.emit("rejected", move);
                }
            });
        });
        // docs: end
    }

    /** A match that goes on by itself. */
    public static final class Ticks {
        private final SocketIoServer server;

        public Ticks(SocketIoServer server) {
            this.server = server;
        }

        public void start(ScheduledExecutorService timer) {
            tick(server.room("match 7"), new Board(), timer);
        }

        // docs: threads-tick
        void tick(Room room, Board board, ScheduledExecutorService timer) {
            room.execute(() -> {
                server.to(room.name()).emit("board", board.advance());
                if (!board.isOver()) {
                    timer.schedule(() -> tick(room, board, timer), 50, TimeUnit.MILLISECONDS);
                }
            });
        }
        // docs: end
    }

    public static void namespaceMode(SocketIoServer server) {
        // docs: threads-namespace
        server.of("/positions").handlerMode(HandlerMode.EVENT_LOOP); // these handlers never wait
        // docs: end
    }

    public static ServerOptions eventLoop() {
        // docs: threads-loop
        ServerOptions options =
                ServerOptions.builder().handlerMode(HandlerMode.EVENT_LOOP).build();
        // docs: end
        return options;
    }

    public static ServerOptions ownThreads(ExecutorService threads) {
        // docs: threads-own
        ServerOptions options = ServerOptions.builder().handlerExecutor(threads).build(); // close it yourself
        // docs: end
        return options;
    }
}
