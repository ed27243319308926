package io.everwire.benchmarks.attack;

import io.netty.buffer.Unpooled;
import java.util.List;

/** Small messages that cost the server or other clients far more than their own size. */
enum Amplification implements Shape {
    SHARED_ATTACHMENT(
            "shared-attachment", "one attachment of 900 KB that a broadcast to 30 clients contains six times") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            List<Client> room = scene.join(RECEIVERS, Wire.EIO4, "join=room");
            for (Client sender : scene.join(3, Wire.EIO4, "")) {
                send(sender, "broadcast", 6);
            }
            scene.pause(scene.sized(5_000, 1_500));
            scene.observe();
            long closed = room.stream()
                    .filter(client -> !client.connection().isOpen())
                    .count();
            scene.bound(closed == 0, closed + " of " + RECEIVERS + " receivers were closed");
        }
    },
    REPEATED_PLACEHOLDERS("repeated-placeholders", "one attachment of 900 KB in 3,000 arguments") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            for (Client sender : scene.join(4, Wire.EIO4, "")) {
                send(sender, "echo", 3_000);
            }
            scene.pause(scene.sized(5_000, 1_500));
        }
    },
    MANY_ARGUMENTS("many-arguments", "events with 9,999 and with 400,000 arguments and an attachment of 900 KB") {
        @Override
        public void attack(Scene scene) throws InterruptedException {
            for (Client sender : scene.join(1, Wire.EIO4, "")) {
                // Within the limit: answered.
                all(sender, 9_999);
                String answer = sender.next(Watch.PATIENT_MILLIS);
                scene.bound("431[10000]".equals(answer), "the event with 9,999 arguments: " + answer);
                // Beyond it: dropped without an answer. The event behind it shows when the server is done with it.
                all(sender, 400_000);
                String echo = sender.echo("done");
                sender.say(echo);
                String last = sender.next(Watch.PATIENT_MILLIS);
                scene.bound(echo.equals(last), "the event with 400,000 arguments: " + last);
            }
        }
    };

    private static final int RECEIVERS = 30;
    private static final byte[] ATTACHMENT = new byte[900_000];
    private final String label;
    private final String description;

    Amplification(String label, String description) {
        this.label = label;
        this.description = description;
    }

    private static void all(Client sender, int arguments) {
        sender.say("451-1[\"all\",{\"_placeholder\":true,\"num\":0}" + ",0".repeat(arguments) + "]");
        attach(sender);
    }

    static void send(Client sender, String event, int times) {
        sender.say("451-[\"" + event + "\"" + ",{\"_placeholder\":true,\"num\":0}".repeat(times) + "]");
        attach(sender);
    }

    static void attach(Client sender) {
        sender.connection()
                .send(Frame.head(Frame.FIN | Frame.BINARY, ATTACHMENT.length))
                .send(Unpooled.wrappedBuffer(ATTACHMENT));
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }
}
