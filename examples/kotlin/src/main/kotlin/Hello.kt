import io.everwire.Attribute
import io.everwire.SocketIoServer

data class Move(val x: Int, val y: Int)

// docs: kotlin-hello
fun main() {
    SocketIoServer.listen(Integer.getInteger("port", 8080)) { server ->
        server.onConnection { socket -> socket.emit("welcome", "your id is ${socket.id()}") }
        server.on<String>("say") { _, text -> server.emit("said", text) }
        server.onCall<Move>("move") { _, move -> Move(move.x + 1, move.y + 1) }
        server.onCall<String>("touch") { socket, name -> socket.attributes().set(NAME, name) } // Unit: an empty ack
        // Without the functions in Everwire.kt: the parameters of handlers are nullable.
        server.onCall("add", Int::class.java, Int::class.java) { _, a, b -> a!! + b!! }
    }
}
// docs: end

private val NAME = Attribute.of<String>("name")
