package io.everwire.spring.boot.slice;

import org.springframework.stereotype.Component;

/** A component that no test of sockets needs. */
@Component
class SliceStore implements SliceGreetings {
    SliceStore() {
        throw new IllegalStateException("the slice must not create it");
    }

    @Override
    public String greeting(String name) {
        return name;
    }
}
