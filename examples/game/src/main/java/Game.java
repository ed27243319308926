import io.everwire.Attribute;
import io.everwire.Room;
import io.everwire.ServerOptions;
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.netty.NettyHost;
import io.everwire.netty.StaticFiles;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Noughts and crosses for two players. All state of a match belongs to the tasks of its room, which run one at a time: the code has
 * no lock. The page is web/index.html; a player can also be a program, as in Bot.
 */
public final class Game {
    private static final Attribute<Match> MATCH = Attribute.of("match");
    private static final int[][] LINES = {
        {0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}
    };

    private final SocketIoServer server;
    private final Room lobby;
    private Socket waiting; // used by the tasks of the lobby only

    private Game(SocketIoServer server) {
        this.server = server;
        this.lobby = server.room("lobby");
    }

    public static void main(String[] args) {
        NettyHost host = NettyHost.builder()
                .files("/", StaticFiles.folder(Path.of("web")))
                .build();
        ServerOptions options = ServerOptions.builder().host(host).build();
        SocketIoServer.listen(Integer.getInteger("port", 8080), options, server -> new Game(server).install());
    }

    private void install() {
        server.on("play", socket -> {
            leave(socket);
            lobby.execute(() -> pair(socket));
        });
        server.on("move", int.class, (socket, cell) -> {
            Match match = socket.attributes().get(MATCH);
            if (match != null) {
                match.room.execute(() -> match.move(socket, cell));
            }
        });
        server.onDisconnect((socket, reason) -> {
            lobby.execute(() -> waiting = socket == waiting ? null : waiting);
            leave(socket);
        });
    }

    /** The other player of an unfinished match wins. */
    private static void leave(Socket socket) {
        Match match = socket.attributes().get(MATCH);
        if (match != null) {
            match.room.execute(() -> match.end(match.other(socket).id()));
        }
    }

    /** A task of the lobby. */
    private void pair(Socket socket) {
        if (waiting == null || waiting == socket || !waiting.connected()) {
            waiting = socket;
            return;
        }
        Match match = new Match(waiting, socket);
        waiting = null;
        match.room.execute(match::start);
    }

    /** One match. Its methods are tasks of its room. */
    private final class Match {
        private final Room room = server.room("match " + UUID.randomUUID());
        private final Socket[] players;
        private final StringBuilder board = new StringBuilder("---------");
        private int moves;
        private boolean over;

        Match(Socket first, Socket second) {
            this.players = new Socket[] {first, second};
        }

        void start() {
            for (Socket player : players) {
                player.attributes().set(MATCH, this);
                player.join(room.name());
            }
            show();
        }

        /** Ignores moves that the rules do not allow: a client can send anything. */
        void move(Socket player, int cell) {
            boolean allowed = !over && player == next() && cell >= 0 && cell < 9 && board.charAt(cell) == '-';
            if (!allowed) {
                return;
            }
            board.setCharAt(cell, mark());
            boolean won = wins(mark());
            moves++;
            show();
            if (won) {
                end(player.id());
            } else if (moves == 9) {
                end("nobody");
            }
        }

        void end(String winner) {
            if (!over) {
                over = true;
                server.to(room.name()).emit("over", winner);
                server.in(room.name()).socketsLeave(room.name());
            }
        }

        Socket other(Socket player) {
            return player == players[0] ? players[1] : players[0];
        }

        private void show() {
            server.to(room.name()).emit("board", board.toString(), next().id(), String.valueOf(mark()));
        }

        private Socket next() {
            return players[moves % 2];
        }

        private char mark() {
            return moves % 2 == 0 ? 'X' : 'O';
        }

        private boolean wins(char mark) {
            for (int[] line : LINES) {
                if (board.charAt(line[0]) == mark && board.charAt(line[1]) == mark && board.charAt(line[2]) == mark) {
                    return true;
                }
            }
            return false;
        }
    }
}
