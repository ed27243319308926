package io.everwire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** B1: an event loop survives an error that leaves the handling of its connections. */
class GuardedIoHandlerTest {
    private final AtomicInteger failures = new AtomicInteger();
    private final IoHandlerFactory failing =
            executor -> new Failing(NioIoHandler.newFactory().newHandler(executor));

    @Test
    void anEventLoopSurvivesErrors() throws Exception {
        failures.set(3);
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, GuardedIoHandler.guard(failing));

        for (int i = 0; i < 10_000 && failures.get() > 0; i++) {
            assertThat(loops.submit(() -> "ran").get(60, TimeUnit.SECONDS)).isEqualTo("ran");
        }
        assertThat(failures).hasValue(0);
        assertThat(loops.submit(() -> "ran").get(60, TimeUnit.SECONDS)).isEqualTo("ran");

        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(60, TimeUnit.SECONDS);
    }

    @Test
    void anErrorThatNeverEndsIsPassedOn() {
        failures.set(Integer.MAX_VALUE);
        IoHandler guarded = GuardedIoHandler.guard(failing).newHandler(new CurrentThread());

        for (int i = 1; i < 1_000; i++) {
            assertThat(guarded.run(new Idle())).isZero();
        }
        assertThatThrownBy(() -> guarded.run(new Idle())).isInstanceOf(OutOfMemoryError.class);
    }

    private static final class CurrentThread implements io.netty.util.concurrent.ThreadAwareExecutor {
        @Override
        public boolean isExecutorThread(Thread thread) {
            return thread == Thread.currentThread();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private static final class Idle implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return 0;
        }
    }

    /** Fails in each run as long as failures are left. */
    private final class Failing implements IoHandler {
        private final IoHandler working;

        Failing(IoHandler working) {
            this.working = working;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (failures.get() > 0) {
                failures.decrementAndGet();
                throw new OutOfMemoryError("of the test");
            }
            return working.run(context);
        }

        @Override
        public void initialize() {
            working.initialize();
        }

        @Override
        public void prepareToDestroy() {
            working.prepareToDestroy();
        }

        @Override
        public void destroy() {
            working.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return working.register(handle);
        }

        @Override
        public void wakeup() {
            working.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return working.isCompatible(type);
        }
    }
}
