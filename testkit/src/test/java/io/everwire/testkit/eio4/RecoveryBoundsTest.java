package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.api.Test;

/** How much is kept for clients that are away, and what becomes of those for whom it is not enough. */
class RecoveryBoundsTest {
    private static final String KILOBYTE = "x".repeat(1_000);

    @Test
    void theOldestPacketsAreForgottenFirst() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        Traveller early = away(test);
        test.server().emit("1");
        test.server().emit("2");
        Traveller late = away(test);

        // The last packet it received is forgotten as well, but nothing that came after it.
        test.server().emit("4");
        test.server().emit("5");
        test.server().emit("6");

        assertThat(early.back()).hasSize(1);
        assertThat(late.back()).hasSize(1);
    }

    @Test
    void asMuchAsIsKeptIsGiven() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        Traveller client = away(test);
        test.server().emit("1");
        test.server().emit("2");

        assertThat(client.back()).hasSize(3);
    }

    @Test
    void packetsOfOtherNamespacesCountToo() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        Traveller client = away(test);
        test.server().emit("1");
        for (int i = 0; i < 3; i++) {
            test.server().of("/other").emit("e");
        }

        assertThat(client.back()).hasSize(1);
    }

    @Test
    void bytesCount() {
        TestServer test = server(RecoveryOptions.builder().maxBytes(5_000));
        Traveller few = away(test);
        test.server().emit("1", KILOBYTE);
        test.server().emit("2", KILOBYTE);
        assertThat(few.back()).hasSize(3);

        Traveller many = away(test);
        for (int i = 0; i < 4; i++) {
            test.server().emit("e", (Object) new byte[1_000]);
        }
        assertThat(many.back()).hasSize(1);
    }

    @Test
    void aPacketThatIsTooLargeToBeKeptIsSentAllTheSame() {
        TestServer test = server(RecoveryOptions.builder().maxBytes(500));
        Traveller client = new Traveller(test);

        test.server().emit("e", KILOBYTE);

        assertThat(client.read()).hasSize(2);
    }

    @Test
    void theClientThatHasBeenAwayLongestIsForgottenFirst() {
        TestServer test = server(RecoveryOptions.builder().maxSessions(2));
        Traveller a = new Traveller(test);
        Traveller b = new Traveller(test);
        Traveller c = new Traveller(test);
        test.server().emit("e");
        a.lose();
        b.lose();
        c.lose();

        assertThat(recovered(a)).isFalse();
        assertThat(recovered(b)).isTrue();
        assertThat(recovered(c)).isTrue();
    }

    @Test
    void whoMissedMoreThanMayWaitForItBeginsAnew() {
        TestServer test = TestServer.create(ServerOptions.builder()
                .maxQueuedBytes(2_500)
                .connectionStateRecovery(RecoveryOptions.builder().build())
                .build());
        Traveller client = away(test);
        test.server().emit("1", KILOBYTE);
        test.server().emit("2", KILOBYTE);
        assertThat(client.back()).hasSize(3);
        client.lose();
        for (int i = 0; i < 3; i++) {
            test.server().emit("e", KILOBYTE);
        }

        assertThat(client.back()).hasSize(1);
        assertThat(client.line().closed()).isFalse();
    }

    private static TestServer server(RecoveryOptions.Builder options) {
        return TestServer.create(
                ServerOptions.builder().connectionStateRecovery(options.build()).build());
    }

    private static boolean recovered(Traveller client) {
        String before = client.sid();
        client.back();
        return String.valueOf(before).equals(client.sid());
    }

    /** A client that received something and lost its connection. */
    private static Traveller away(TestServer test) {
        Traveller client = new Traveller(test);
        test.server().emit("first");
        client.lose();
        return client;
    }
}
