package io.everwire.examples.guide;

import io.everwire.SocketIoServer;
import java.time.Instant;
import java.util.Optional;

/** Samples of {@code docs/guide/values.md}. */
public final class Values {
    private Values() {}

    public static void typed(SocketIoServer server) {
        // docs: values
        record Booking(Instant from, Optional<String> note, long id) {}

        server.onCall("book", Booking.class, (socket, booking) -> booking.from().plusSeconds(60));
        server.onCall("seats", int.class, (socket, seats) -> seats);
        // docs: end
    }
}
