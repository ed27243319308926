package io.everwire.protocol.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session ids that {@code $sid} stands for. Each name is bound by the first expected output that contains it. */
public final class Bindings {
    private static final Pattern NAME = Pattern.compile("\\$(sid\\d*)");
    /** The form of session ids; see {@link io.everwire.protocol.Generation#open}. */
    private static final String SID = "[A-Za-z0-9_-]{16,40}";

    private final Map<String, String> values = new HashMap<>();

    /** Returns the text that a client sends, with every name replaced. */
    public String fill(String text) {
        return NAME.matcher(text).replaceAll(name -> {
            String value = values.get(name.group(1));
            if (value == null) {
                throw new IllegalArgumentException("used before any output had it: " + name.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Returns whether {@code actual} is the expected output; if so, names that occur for the first time are bound. */
    public boolean match(String expected, String actual) {
        StringBuilder pattern = new StringBuilder();
        Map<String, String> unbound = new HashMap<>();
        Matcher names = NAME.matcher(expected);
        int copied = 0;
        for (; names.find(); copied = names.end()) {
            pattern.append(Pattern.quote(expected.substring(copied, names.start())));
            String name = names.group(1);
            if (values.containsKey(name)) {
                pattern.append(Pattern.quote(values.get(name)));
            } else if (unbound.putIfAbsent(name, name) == null) {
                pattern.append("(?<").append(name).append('>').append(SID).append(')');
            } else {
                pattern.append("\\k<").append(name).append('>');
            }
        }
        pattern.append(Pattern.quote(expected.substring(copied)));
        Matcher matcher = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
        if (!matcher.matches()) {
            return false;
        }
        unbound.keySet().forEach(name -> values.put(name, matcher.group(name)));
        return true;
    }

    /** Returns expected output for an error message: known names are replaced, others are left. */
    public String show(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
    }
}
