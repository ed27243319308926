package com.corundumstudio.socketio;

/** Receives an ack of several values. */
public abstract class MultiTypeAckCallback extends AckCallback<MultiTypeArgs> {
    private final Class<?>[] resultClasses;

    /** @param resultClasses the types of the values, in order */
    public MultiTypeAckCallback(Class<?>... resultClasses) {
        super(MultiTypeArgs.class);
        this.resultClasses = resultClasses.clone();
    }

    /** Returns the types of the values, in order. */
    public Class<?>[] getResultClasses() {
        return resultClasses.clone();
    }
}
