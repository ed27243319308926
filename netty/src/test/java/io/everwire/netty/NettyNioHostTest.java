package io.everwire.netty;

/** The same without native transport: what runs where there is none. */
class NettyNioHostTest extends NettyServerHostTest {
    @Override
    IoBackend ioBackend() {
        return IoBackend.NIO;
    }
}
