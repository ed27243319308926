package io.everwire.engine;

import io.everwire.protocol.Session;

/** A task that runs in one of a session's turns. */
abstract class SessionTask extends TaskQueue.Link {
    abstract void run(Session session, long now);

    /** A call of the session. */
    @FunctionalInterface
    interface Step {
        void run(Session session, long now);
    }

    /** Returns a task for a rare call; frequent ones are tasks themselves. */
    static SessionTask of(Step step) {
        return new SessionTask() {
            @Override
            void run(Session session, long now) {
                step.run(session, now);
            }
        };
    }
}
