package io.everwire;

/** The client's generation has no acks, so nothing was sent. Clients 0.6 (gen0) have messages only. */
public final class AcksUnsupportedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    /** @param generation the wire generation of the client */
    public AcksUnsupportedException(String generation) {
        super("clients of generation " + generation + " cannot answer: their protocol has no acks");
    }
}
