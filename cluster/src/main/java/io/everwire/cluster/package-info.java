/**
 * An adapter for clusters that speaks the messages of the Node adapters, byte for byte, so that Java and Node servers share
 * rooms. It moves no bytes itself: a {@link io.everwire.cluster.Line} does, which other modules implement.
 *
 * <p>{@link io.everwire.cluster.ClusterAdapters} is the factory. It owns the line, the subscriptions of all namespaces, and
 * the queue of outgoing messages. Each namespace has a {@code ClusterAdapter}: a memory adapter for the sockets of this
 * server, the requests that wait for other servers, and a queue of incoming messages. A {@code Wire} converts between
 * messages and bytes, and chooses the channels.
 *
 * <p>The classic wire is that of {@code @socket.io/redis-adapter} 8.3, {@code createAdapter}. For the namespace {@code /}:
 *
 * <pre>
 * socket.io#/#                 broadcasts      93 a6"tH0c5_" 83 a4"type" 02 a4"data" 91 a1"x" a3"nsp" a1"/"
 *                                                 83 a5"rooms" 90 a6"except" 90 a5"flags" 80
 * socket.io#/#room#            broadcasts to one room
 * socket.io-request#/#         requests        {"uid":"tH0c5_","type":2,"opts":{"rooms":[],"except":[]},"rooms":["r"]}
 * socket.io-response#/#        responses       {"requestId":"a1B2c3","sockets":[]}
 * socket.io-response#/#tH0c5_# responses to one server
 * </pre>
 *
 * <p>The wire of cluster messages is that of {@code createShardedAdapter}, with the messages of {@code ClusterAdapter} in
 * socket.io-adapter 2.5.9: {@code {"type":3,"data":{"packet":…,"opts":…},"uid":"16 hexadecimal digits","nsp":"/"}}, as JSON,
 * or as msgpack if it has binary data.
 *
 * <p>Java servers exchange heartbeats and numbers of sockets on a channel that Node servers do not subscribe to:
 *
 * <pre>
 * socket.io-everwire#          {"type":"beat","uid":"tH0c5_","number":7,"time":81234,"interval":5000,"version":"0.1.0","mode":"classic"}
 *                              {"type":"watch","uid":"tH0c5_","nsp":"/","rooms":["r",null]}
 *                              {"type":"counts","uid":"a1B2c3","nsp":"/","counts":[["r",3],[null,7]]}
 * </pre>
 *
 * <p>Additions that Node servers ignore: responses carry the {@code uid} of the server that sends them, and answers with
 * other than one value carry all of them as {@code args}. A request with {@code everwire} is for Node servers alone.
 */
@NullMarked
package io.everwire.cluster;

import org.jspecify.annotations.NullMarked;
