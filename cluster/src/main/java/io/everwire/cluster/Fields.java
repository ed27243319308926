package io.everwire.cluster;

import io.everwire.protocol.Bytes;
import io.everwire.protocol.CloseReason;
import io.everwire.protocol.JsonArray;
import io.everwire.protocol.JsonCursor;
import io.everwire.protocol.ProtocolException;
import io.everwire.protocol.ReachedLimit;
import io.everwire.protocol.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in a message of another server. Of equal names the last one counts. A member whose value is null counts
 * as missing, as for most readers in JavaScript. Immutable.
 */
final class Fields {
    /** The JSON value null. */
    static final Bytes NULL = Bytes.utf8("null");

    /** The largest number of members of an object. Messages have ten at most. */
    private static final int MAX_MEMBERS = 100;

    /** The longest id of a server or a request. Those of the Node adapters have 6 to 16 characters; they return in answers. */
    private static final int MAX_ID = 256;

    private final Map<String, Bytes> members;

    private Fields(Map<String, Bytes> members) {
        this.members = members;
    }

    /**
     * Returns the members of a valid JSON value.
     *
     * @throws ProtocolException if it is no object, or has too many members
     */
    static Fields of(Bytes json) {
        if (json.isEmpty() || json.at(0) != '{') {
            throw malformed("not an object");
        }
        Map<String, Bytes> members = new LinkedHashMap<>();
        JsonCursor cursor = new JsonCursor(json);
        if (cursor.begin()) {
            do {
                Bytes key = cursor.key();
                members.put(unquote(key), cursor.skip());
                if (members.size() > MAX_MEMBERS) {
                    throw malformed("an object with more than " + MAX_MEMBERS + " members");
                }
            } while (cursor.another());
        }
        return new Fields(members);
    }

    /** Returns the names in their order. */
    Set<String> names() {
        return members.keySet();
    }

    /** Returns the JSON of a member, or null if it is missing. */
    @Nullable
    Bytes get(String name) {
        Bytes value = members.get(name);
        return NULL.equals(value) ? null : value;
    }

    /** Returns whether a member exists, with any value. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Returns a text; a number counts as its digits. Null if it is missing or something else. */
    @Nullable
    String text(String name) {
        Bytes value = get(name);
        return value == null ? null : text(value);
    }

    /** Returns a text that must exist. */
    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw malformed("no " + name);
        }
        return text;
    }

    /** Returns the id of a server or request, or null if it is missing. */
    @Nullable
    String id(String name) {
        return id(get(name));
    }

    /** Returns the id of a server or request. */
    static @Nullable String id(@Nullable Bytes value) {
        String id = value == null ? null : text(value);
        if (id != null && id.length() > MAX_ID) {
            throw malformed("an id of " + id.length() + " characters");
        }
        return id;
    }

    /** Returns an id that must exist. */
    String requiredId(String name) {
        String id = id(name);
        if (id == null) {
            throw malformed("no " + name);
        }
        return id;
    }

    /** Returns an integer from 0 on, or −1 if it is missing or something else. */
    long number(String name) {
        Bytes value = get(name);
        if (value == null || value.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.at(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Returns whether a member is true. */
    boolean isTrue(String name) {
        Bytes value = members.get(name);
        return value != null && value.length() == 4 && value.at(0) == 't';
    }

    /** Returns whether a member is false. */
    boolean isFalse(String name) {
        Bytes value = members.get(name);
        return value != null && value.length() == 5 && value.at(0) == 'f';
    }

    /** Returns the members of an object; none if it is missing or something else. */
    Fields object(String name) {
        Bytes value = get(name);
        return value == null || value.at(0) != '{' ? new Fields(Map.of()) : of(value);
    }

    /**
     * Returns the texts in an array, each once; a number counts as its digits, because names of rooms may be numbers in JavaScript. Empty
     * if it is missing.
     *
     * @param most the largest number allowed
     */
    Set<String> texts(String name, int most) {
        Set<String> texts = new LinkedHashSet<>();
        each(get(name), element -> {
            String text = text(element);
            if (text != null && texts.add(text) && texts.size() > most) {
                ReachedLimit reached = new ReachedLimit("maxRoomsPerMessage", most, texts.size());
                throw new ProtocolException(CloseReason.FORCED_CLOSE, reached);
            }
        });
        return texts;
    }

    /**
     * Returns the elements of an array; none if it is missing or something else.
     *
     * @param most the largest number allowed
     */
    List<Bytes> list(String name, int most) {
        List<Bytes> elements = new ArrayList<>();
        each(get(name), element -> {
            elements.add(element);
            if (elements.size() > most) {
                throw malformed("more than " + most + " elements");
            }
        });
        return elements;
    }

    /** Returns the number of elements of an array. */
    static int size(Bytes array) {
        int[] size = new int[1];
        each(array, element -> size[0]++);
        return size[0];
    }

    /** Passes the elements of an array on, one by one: a message may have millions. */
    private static void each(@Nullable Bytes array, Consumer<Bytes> consumer) {
        if (array != null && array.at(0) == '[') {
            JsonCursor cursor = new JsonCursor(array);
            if (cursor.begin()) {
                do {
                    consumer.accept(cursor.skip());
                } while (cursor.another());
            }
        }
    }

    /** Returns the text of a JSON string, the digits of a number, or null for another value. */
    static @Nullable String text(Bytes value) {
        byte first = value.at(0);
        if (first == '"') {
            return unquote(value);
        }
        return first == '-' || (first >= '0' && first <= '9') ? value.toString() : null;
    }

    /** Returns the text of a JSON string. */
    static String unquote(Bytes literal) {
        return Json.text(literal.array(), literal.offset(), literal.end());
    }

    /** Returns the array that a value is, with at most this depth. */
    static JsonArray array(@Nullable Bytes value, int maxDepth) {
        JsonArray array = value == null ? null : JsonArray.parse(value, maxDepth);
        if (array == null) {
            throw malformed("not an array");
        }
        return array;
    }

    /** Returns the exception for a message that cannot be read. */
    static ProtocolException malformed(String message) {
        return new ProtocolException(CloseReason.FORCED_CLOSE, message);
    }
}
