package com.corundumstudio.socketio;

/** Receives an ack whose values do not matter. */
public abstract class VoidAckCallback extends AckCallback<Void> {
    /** Creates a callback without a timeout. */
    public VoidAckCallback() {
        super(Void.class);
    }

    /** @param timeout in seconds; −1 for none */
    public VoidAckCallback(int timeout) {
        super(Void.class, timeout);
    }

    @Override
    public final void onSuccess(Void result) {
        onSuccess();
    }

    /** Called when the ack has arrived. */
    protected abstract void onSuccess();
}
