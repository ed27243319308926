package io.everwire.testkit;

import io.everwire.adapter.Adapter;
import java.util.concurrent.CompletionStage;

/** An adapter that notifies a test when it is closed. */
final class ClosingAdapter extends ForwardingAdapter {
    private final Runnable closed;

    ClosingAdapter(Adapter adapter, Runnable closed) {
        super(adapter);
        this.closed = closed;
    }

    @Override
    public CompletionStage<Void> close() {
        closed.run();
        return DONE;
    }
}
