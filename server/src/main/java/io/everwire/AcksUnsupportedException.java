package io.everwire;

/** The client's generation has no acks, so nothing was sent. The clients of 2010 (gen0) know messages only. */
public final class AcksUnsupportedException extends SocketIoException {
    private static final long serialVersionUID = 1L;

    AcksUnsupportedException(String generation) {
        super("clients of generation " + generation + " cannot answer: acks are not part of their protocol");
    }
}
