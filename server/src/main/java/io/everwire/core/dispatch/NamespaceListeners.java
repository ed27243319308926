package io.everwire.core.dispatch;

import io.everwire.CloseReason;
import io.everwire.EventErrorListener;
import io.everwire.Middleware;
import io.everwire.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The middleware, listeners and handlers that were added to a namespace, each kind in the order added. Any thread. */
public final class NamespaceListeners {
    /** Middleware of sockets that join. */
    public final List<Middleware.Async> middleware = new CopyOnWriteArrayList<>();

    /** Handlers of events. */
    public final Handlers handlers = new Handlers();

    /** Listeners of sockets that joined. */
    public final List<Consumer<? super Socket>> connection = new CopyOnWriteArrayList<>();

    /** Listeners of sockets that are leaving. */
    public final List<BiConsumer<? super Socket, ? super CloseReason>> disconnecting = new CopyOnWriteArrayList<>();

    /** Listeners of sockets that left. */
    public final List<BiConsumer<? super Socket, ? super CloseReason>> disconnect = new CopyOnWriteArrayList<>();

    /** Listeners of failed events. */
    public final List<EventErrorListener> error = new CopyOnWriteArrayList<>();
}
