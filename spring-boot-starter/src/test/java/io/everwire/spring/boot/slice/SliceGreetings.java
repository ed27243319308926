package io.everwire.spring.boot.slice;

/** A service of the application. */
public interface SliceGreetings {
    String greeting(String name);
}
