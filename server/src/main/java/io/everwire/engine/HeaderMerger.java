package io.everwire.engine;

import java.util.ArrayList;
import java.util.List;

/** Merges the headers of a response, for hosts. Lists hold names and values in turn. */
public final class HeaderMerger {
    private HeaderMerger() {}

    /**
     * Returns the headers of a response, replaced by the headers that were added to it
     * ({@link io.everwire.protocol.Exchange#header}). Both are kept for {@code Set-Cookie} and {@code Vary}: each value
     * is another cookie, or another header that the response depends on.
     */
    public static List<String> merge(List<String> own, List<String> added) {
        if (added.isEmpty()) {
            return own;
        }
        List<String> all = new ArrayList<>(own.size() + added.size());
        for (int i = 0; i < own.size(); i += 2) {
            if (addsUp(own.get(i)) || !contains(added, own.get(i))) {
                all.add(own.get(i));
                all.add(own.get(i + 1));
            }
        }
        all.addAll(added);
        return all;
    }

    private static boolean addsUp(String name) {
        return name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Vary");
    }

    private static boolean contains(List<String> headers, String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
