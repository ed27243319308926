package io.everwire.netty;

import io.everwire.engine.frames.DeflatePair;
import io.netty.util.concurrent.FastThreadLocal;

/** The compression streams that all WebSockets of an event loop share. Ended by Netty when the thread of the loop ends. */
final class LoopDeflate {
    private static final FastThreadLocal<DeflatePair> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected DeflatePair initialValue() {
            return new DeflatePair();
        }

        @Override
        protected void onRemoval(DeflatePair pair) {
            pair.end();
        }
    };

    private LoopDeflate() {}

    /** Returns the streams of the calling event loop. */
    static DeflatePair get() {
        return OF_LOOP.get();
    }
}
