import io.everwire.SocketIoServer

data class Move(val x: Int, val y: Int)

fun main() {
    SocketIoServer.listen(Integer.getInteger("port", 8080)) { server ->
        server.onConnection { socket -> socket.emit("welcome", "your id is ${socket.id()}") }
        server.on("say", String::class.java) { _, text -> server.emit("said", text) }
        // In Kotlin, the parameters of handlers are nullable.
        server.onCall("add", Int::class.java, Int::class.java) { _, a, b -> (a ?: 0) + (b ?: 0) }
        server.onCall("move", Move::class.java) { _, move -> move?.let { Move(it.x + 1, it.y + 1) } }
    }
}
