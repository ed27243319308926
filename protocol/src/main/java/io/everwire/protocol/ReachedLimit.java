package io.everwire.protocol;

/**
 * A limit that a client passed.
 *
 * @param option the name of the server's option that sets it
 * @param limit the value of the option; a time is in milliseconds
 * @param value the value that the client would have reached, as far as it is known
 */
public record ReachedLimit(String option, long limit, long value) {
    /** Returns the text for logs and clients. It contains no data of a client. */
    @Override
    public String toString() {
        return option + ": the limit is " + limit + ", not " + value;
    }
}
