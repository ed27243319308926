package com.corundumstudio.socketio;

import io.everwire.Arguments;
import io.everwire.BadArgumentsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes acks of clients to callbacks. */
final class Acks {
    private static final Logger log = LoggerFactory.getLogger(AckCallback.class);

    private Acks() {}

    /** Calls the callback when the ack is there; an ack that fails or does not fit is a timeout. */
    static <T> void deliver(CompletionStage<Arguments> ack, AckCallback<T> callback) {
        ack.whenComplete((values, failure) -> {
            try {
                if (failure != null) {
                    callback.onTimeout();
                } else {
                    deliver(values, callback);
                }
            } catch (RuntimeException | Error e) {
                log.error("a callback of an ack failed", e);
            }
        });
    }

    private static <T> void deliver(Arguments values, AckCallback<T> callback) {
        T value;
        try {
            value = value(values, callback);
        } catch (BadArgumentsException e) {
            log.debug("an ack does not fit its callback", e);
            callback.onTimeout();
            return;
        }
        callback.onSuccess(value);
    }

    private static <T> T value(Arguments values, AckCallback<T> callback) {
        if (callback instanceof MultiTypeAckCallback several) {
            return callback.getResultClass().cast(read(values, several.getResultClasses()));
        }
        return values.size() == 0 || callback.getResultClass() == Void.class
                ? null
                : values.as(0, callback.getResultClass());
    }

    /** Reads arguments as types; arguments without a type are left out. */
    static MultiTypeArgs read(Arguments values, Class<?>... types) {
        List<Object> read = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), types.length); i++) {
            read.add(values.as(i, types[i]));
        }
        return new MultiTypeArgs(read);
    }
}
