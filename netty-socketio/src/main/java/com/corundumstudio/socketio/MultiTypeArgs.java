package com.corundumstudio.socketio;

import java.util.Iterator;
import java.util.List;

/** The arguments of an event, or the values of an ack. */
@SuppressWarnings("TypeParameterUnusedInFormals") // The API of netty-socketio has it.
public class MultiTypeArgs implements Iterable<Object> {
    private final List<Object> args;

    /** Keeps the list, without a copy. */
    public MultiTypeArgs(List<Object> args) {
        this.args = args;
    }

    /** Returns whether it has no value. */
    public boolean isEmpty() {
        return args.isEmpty();
    }

    /** Returns the number of values. */
    public int size() {
        return args.size();
    }

    /** Returns the values. */
    public List<Object> getArgs() {
        return args;
    }

    /** Returns the first value; null if it has none. */
    public <T> T first() {
        return get(0);
    }

    /** Returns the second value; null if it has none. */
    public <T> T second() {
        return get(1);
    }

    /** Returns a value; null if it has none at this index. */
    @SuppressWarnings("unchecked") // The caller names the type, as in netty-socketio.
    public <T> T get(int index) {
        return index < args.size() ? (T) args.get(index) : null;
    }

    @Override
    public Iterator<Object> iterator() {
        return args.iterator();
    }
}
