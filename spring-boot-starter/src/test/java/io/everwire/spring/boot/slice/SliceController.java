package io.everwire.spring.boot.slice;

import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;

/** A controller with a service. */
@SocketIoController("/slice")
public class SliceController {
    private final SliceGreetings greetings;

    SliceController(SliceGreetings greetings) {
        this.greetings = greetings;
    }

    @OnEvent("greet")
    String greet(String name) {
        if (name.isEmpty()) {
            throw new IllegalStateException("no name");
        }
        return greetings.greeting(name);
    }
}
