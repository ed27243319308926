package io.everwire.testkit.eio4;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.RecoveryOptions;
import io.everwire.ServerOptions;
import io.everwire.testkit.TestServer;
import org.junit.jupiter.api.Test;

/** Limits of the data that is stored for disconnected clients, and clients whose data was removed. */
class RecoveryBoundsTest {
    private static final String KILOBYTE = "x".repeat(1_000);

    @Test
    void theOldestPacketsAreForgottenFirst() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        RecoveringClient early = away(test);
        test.server().emit("1");
        test.server().emit("2");
        RecoveringClient late = away(test);

        // The last packet that it received was removed as well, but no later packet.
        test.server().emit("4");
        test.server().emit("5");
        test.server().emit("6");

        assertThat(early.back()).hasSize(1);
        assertThat(late.back()).hasSize(1);
    }

    @Test
    void asMuchAsIsKeptIsGiven() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        RecoveringClient client = away(test);
        test.server().emit("1");
        test.server().emit("2");

        assertThat(client.back()).hasSize(3);
    }

    @Test
    void packetsOfOtherNamespacesCountToo() {
        TestServer test = server(RecoveryOptions.builder().maxPackets(3));
        RecoveringClient client = away(test);
        test.server().emit("1");
        for (int i = 0; i < 3; i++) {
            test.server().of("/other").emit("e");
        }

        assertThat(client.back()).hasSize(1);
    }

    @Test
    void bytesCount() {
        TestServer test = server(RecoveryOptions.builder().maxBytes(5_000));
        RecoveringClient few = away(test);
        test.server().emit("1", KILOBYTE);
        test.server().emit("2", KILOBYTE);
        assertThat(few.back()).hasSize(3);

        RecoveringClient many = away(test);
        for (int i = 0; i < 4; i++) {
            test.server().emit("e", (Object) new byte[1_000]);
        }
        assertThat(many.back()).hasSize(1);
    }

    @Test
    void aPacketThatIsTooLargeToBeKeptIsSentAllTheSame() {
        TestServer test = server(RecoveryOptions.builder().maxBytes(500));
        RecoveringClient client = new RecoveringClient(test);

        test.server().emit("e", KILOBYTE);

        assertThat(client.read()).hasSize(2);
    }

    @Test
    void theClientThatHasBeenAwayLongestIsForgottenFirst() {
        TestServer test = server(RecoveryOptions.builder().maxSessions(2));
        RecoveringClient a = new RecoveringClient(test);
        RecoveringClient b = new RecoveringClient(test);
        RecoveringClient c = new RecoveringClient(test);
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
        RecoveringClient client = away(test);
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

    private static boolean recovered(RecoveringClient client) {
        String before = client.sid();
        client.back();
        return String.valueOf(before).equals(client.sid());
    }

    /** Returns a client that received a packet and lost its connection. */
    private static RecoveringClient away(TestServer test) {
        RecoveringClient client = new RecoveringClient(test);
        test.server().emit("first");
        client.lose();
        return client;
    }
}
