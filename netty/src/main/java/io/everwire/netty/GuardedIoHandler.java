package io.everwire.netty;

import io.everwire.engine.RateLimitedLog;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Keeps an event loop alive when an error leaves the handling of its connections, such as {@link OutOfMemoryError}:
 * Netty 4.2 ends the event loop in that case, and with it all of its connections. Used on the event loop only.
 */
final class GuardedIoHandler implements IoHandler {
    private static final RateLimitedLog failed = new RateLimitedLog(GuardedIoHandler.class);

    /** The number of errors without a success between them after which the event loop ends all the same. */
    private static final int HOPELESS = 1_000;

    private final IoHandler guarded;
    private int errors;

    private GuardedIoHandler(IoHandler guarded) {
        this.guarded = guarded;
    }

    /** Returns a factory whose handlers are guarded. */
    static IoHandlerFactory guard(IoHandlerFactory factory) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new GuardedIoHandler(factory.newHandler(executor));
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    @Override
    public int run(IoHandlerContext context) {
        try {
            int handled = guarded.run(context);
            errors = 0;
            return handled;
        } catch (Error e) {
            errors++;
            if (errors == HOPELESS) {
                throw e;
            }
            failed.error(e, "an event loop continues after an error");
            return 0;
        }
    }

    @Override
    public void initialize() {
        guarded.initialize();
    }

    @Override
    public void prepareToDestroy() {
        guarded.prepareToDestroy();
    }

    @Override
    public void destroy() {
        guarded.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return guarded.register(handle);
    }

    @Override
    public void wakeup() {
        guarded.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return guarded.isCompatible(type);
    }
}
