package io.everwire.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;

/** The messages and bytes of one direction and transport. */
record Traffic(Counter messages, Counter bytes) {
    static Traffic of(MeterRegistry registry, String direction, String transport) {
        Tags tags = Tags.of("direction", direction, "transport", transport.isEmpty() ? "none" : transport);
        return new Traffic(
                Counter.builder("everwire.messages")
                        .description("Messages and request bodies that arrived, or packets that were sent")
                        .tags(tags)
                        .register(registry),
                Counter.builder("everwire.bytes")
                        .description("Bytes of those messages, before compression")
                        .baseUnit(BaseUnits.BYTES)
                        .tags(tags)
                        .register(registry));
    }

    void add(long more) {
        messages.increment();
        bytes.increment((double) more);
    }
}
