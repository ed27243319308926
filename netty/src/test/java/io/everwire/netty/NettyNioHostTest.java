package io.everwire.netty;

/** Runs the host contract with NIO, which is used on machines without a native backend. */
class NettyNioHostTest extends NettyServerHostTest {
    @Override
    IoBackend ioBackend() {
        return IoBackend.NIO;
    }
}
