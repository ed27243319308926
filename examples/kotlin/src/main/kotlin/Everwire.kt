import io.everwire.EventRegistry
import io.everwire.Registration
import io.everwire.Socket
import io.everwire.SocketOperator
import io.everwire.TypeToken
import java.util.concurrent.CompletableFuture

// docs: kotlin-extensions
/** Adds a handler of an event with one argument: on<Move>("move") { socket, move -> … } */
inline fun <reified A : Any> EventRegistry.on(event: String, noinline handler: (Socket, A) -> Unit): Registration =
    on(event, object : TypeToken<A>() {}) { socket, value -> handler(socket, value as A) }

/** Adds a handler whose result is the ack; the ack of Unit is empty. */
inline fun <reified A : Any> EventRegistry.onCall(event: String, noinline handler: (Socket, A) -> Any?): Registration =
    onCall(event, object : TypeToken<A>() {}) { socket, value -> handler(socket, value as A) }

/** Sends an event to the client and returns its ack. */
inline fun <reified T : Any> SocketOperator.call(event: String, vararg args: Any?): CompletableFuture<T?> =
    call(event, object : TypeToken<T>() {}, *args)
// docs: end
