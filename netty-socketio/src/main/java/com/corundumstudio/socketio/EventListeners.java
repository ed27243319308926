package com.corundumstudio.socketio;

import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.EventInterceptor;
import com.corundumstudio.socketio.listener.ExceptionListener;
import io.everwire.Ack;
import io.everwire.Arguments;
import io.everwire.EventHandler;
import io.everwire.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of one event, as one handler: they share its ack. */
final class EventListeners implements EventHandler {
    private final String event;
    private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();
    private final List<EventInterceptor> interceptors;
    private final ExceptionListener exceptions;
    private final AckMode mode;

    /** @param interceptors those of the namespace; more may be added */
    EventListeners(String event, List<EventInterceptor> interceptors, ExceptionListener exceptions, AckMode mode) {
        this.event = event;
        this.interceptors = interceptors;
        this.exceptions = exceptions;
        this.mode = mode;
    }

    /** Adds a listener of the first argument. */
    <T> void add(Class<T> type, DataListener<T> listener) {
        entries.add(new Entry<T>(new Class<?>[] {type}, listener) {
            @Override
            T data(MultiTypeArgs args) {
                return args.first();
            }
        });
    }

    /** Adds a listener of several arguments. */
    void add(Class<?>[] types, DataListener<MultiTypeArgs> listener) {
        entries.add(new Entry<MultiTypeArgs>(types.clone(), listener) {
            @Override
            MultiTypeArgs data(MultiTypeArgs args) {
                return args;
            }
        });
    }

    @Override
    public Object on(Socket socket, Arguments arguments) {
        EverwireClient client = EverwireClient.of(socket);
        AckRequest ack = new AckRequest(arguments);
        boolean succeeded = call(client, arguments, ack);
        if (mode == AckMode.AUTO || (mode == AckMode.AUTO_SUCCESS_ONLY && succeeded)) {
            ack.sendAckData();
        }
        // A stage keeps Everwire from sending an ack of its own.
        return ack.isOpen() ? new CompletableFuture<>() : Ack.none();
    }

    private boolean call(EverwireClient client, Arguments arguments, AckRequest ack) {
        List<Entry<?>> called = List.copyOf(entries);
        // Arguments that do not fit are the client's mistake: Everwire logs it, and the client receives no ack.
        List<MultiTypeArgs> read =
                called.stream().map(entry -> Acks.read(arguments, entry.types)).toList();
        MultiTypeArgs last = new MultiTypeArgs(List.of());
        try {
            for (int i = 0; i < called.size(); i++) {
                last = read.get(i);
                called.get(i).call(client, last, ack);
            }
            for (EventInterceptor interceptor : interceptors) {
                interceptor.onEvent(client, event, last.getArgs(), ack);
            }
            return true;
        } catch (Exception e) {
            exceptions.onEventException(e, last.getArgs(), client);
            return false;
        }
    }

    private abstract static class Entry<T> {
        private final Class<?>[] types;
        private final DataListener<T> listener;

        Entry(Class<?>[] types, DataListener<T> listener) {
            this.types = types;
            this.listener = listener;
        }

        abstract T data(MultiTypeArgs args);

        void call(SocketIOClient client, MultiTypeArgs args, AckRequest ack) throws Exception {
            listener.onData(client, data(args), ack);
        }
    }
}
