package io.everwire.core.dispatch;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Spliterator;

/**
 * A list that is copied when it changes, like {@code CopyOnWriteArrayList}, but without memory while it is empty: a socket has several
 * lists, nearly always empty (benchmark {@code idle}). Any thread may use it; an iteration sees a snapshot.
 */
final class CopyOnWriteList<T> extends AbstractList<T> {
    private static final Object[] NOTHING = {};

    private volatile Object[] items = NOTHING;

    /** Overrides a slower default, because it is called for each message (benchmark {@code MessageBenchmark}). */
    @Override
    public boolean isEmpty() {
        return items.length == 0;
    }

    @SuppressWarnings("unchecked") // Only elements of type T are added.
    @Override
    public T get(int index) {
        return (T) items[index];
    }

    @Override
    public int size() {
        return items.length;
    }

    @Override
    public synchronized boolean add(T item) {
        add(items.length, item);
        return true;
    }

    @Override
    public synchronized void add(int index, T item) {
        Object[] grown = new Object[items.length + 1];
        System.arraycopy(items, 0, grown, 0, index);
        grown[index] = item;
        System.arraycopy(items, index, grown, index + 1, items.length - index);
        items = grown;
    }

    @Override
    public synchronized T remove(int index) {
        T removed = get(index);
        Object[] left = new Object[items.length - 1];
        System.arraycopy(items, 0, left, 0, index);
        System.arraycopy(items, index + 1, left, index, left.length - index);
        items = left;
        return removed;
    }

    @Override
    public synchronized boolean remove(Object item) {
        int index = indexOf(item);
        if (index >= 0) {
            remove(index);
        }
        return index >= 0;
    }

    @Override
    public synchronized void clear() {
        items = NOTHING;
    }

    /** {@inheritDoc} An empty list allocates nothing: the middleware of a socket is iterated for each event. */
    @SuppressWarnings("unchecked")
    @Override
    public Iterator<T> iterator() {
        Object[] all = items;
        return all.length == 0
                ? Collections.emptyIterator()
                : (Iterator<T>) Arrays.asList(all).iterator();
    }

    @SuppressWarnings("unchecked")
    @Override
    public Spliterator<T> spliterator() {
        return (Spliterator<T>) Arrays.spliterator(items);
    }

    @Override
    public Object[] toArray() {
        return items.clone();
    }
}
