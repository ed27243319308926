package io.everwire.engine;

import io.everwire.protocol.Session;

/** Something that happens to a session, in one of its turns. */
abstract class SessionTask extends SerialExecutor.Link {
    abstract void run(Session session, long now);
}
