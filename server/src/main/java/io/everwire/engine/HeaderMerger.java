package io.everwire.engine;

import java.util.ArrayList;
import java.util.List;

/** How hosts put together the headers of an answer. Lists are names and values in turn. */
public final class HeaderMerger {
    private HeaderMerger() {}

    /**
     * The headers of an answer and those that were added to it ({@link io.everwire.protocol.Exchange#header}), which take the
     * place of its own; but each {@code Set-Cookie} is another cookie, and what an answer varies by adds up.
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
