package io.everwire.conformance.clients;

import java.util.ArrayList;
import java.util.List;

/** The numbered events that one client has received: each must arrive once, in order and unaltered. Any thread. */
final class RoomLedger {
    private final List<String> faults = new ArrayList<>();
    private int last = -1;
    private int received;
    private boolean fresh = true;

    /** Returns the text of the event of a number, as in {@code js/room.mjs}. */
    static String text(int number) {
        return number + ":" + "é€😀\u2028\"\\".repeat(number % 100 == 99 ? 3000 : number % 5);
    }

    /** Called when a connection begins: its first event may have any later number. */
    synchronized void connected() {
        fresh = true;
    }

    synchronized void received(int number, String text) {
        boolean right = fresh ? number > last : number == last + 1;
        if (!right) {
            faults.add(number + " after " + last + (fresh ? " on a new connection" : ""));
        }
        if (!text.equals(text(number))) {
            faults.add(number + " is altered");
        }
        last = Math.max(last, number);
        received++;
        fresh = false;
    }

    synchronized int last() {
        return last;
    }

    synchronized int received() {
        return received;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
