// A Node server of a cluster. Its argument is JSON: {uris, redis: "standalone" | "cluster" | "sentinel", mode, prefix, name}.
// Orders come as lines of JSON, {id, do, …}; each is answered by {id, ok} or {id, error}.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { Cluster, Redis } from 'ioredis';
import { Server } from 'socket.io';

const { uris, redis, mode, prefix, name } = JSON.parse(process.argv[2]);

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const address = (uri) => ({ host: new URL(uri).hostname, port: Number(new URL(uri).port) });

function connect() {
  const client = redis === 'cluster' ? new Cluster(uris.map(address), { shardedSubscribers: true })
    : redis === 'sentinel' ? new Redis({ sentinels: uris.map(address), name: 'main' })
      : new Redis(address(uris[0]));
  // Without a listener an error ends the process.
  client.on('error', () => {});
  return client;
}

const sharded = mode === 'sharded';
const [publisher, subscriber] = [connect(), connect()];
const adapter = sharded
  ? createShardedAdapter(publisher, subscriber, { channelPrefix: prefix, subscriptionMode: 'dynamic' })
  : createAdapter(publisher, subscriber, { key: prefix });
const http = createServer();
const io = new Server(http, { adapter, serveClient: false, pingInterval: 120_000 });
const now = () => Math.round((performance.timeOrigin + performance.now()) * 1000);

io.on('connection', (socket) => {
  const { join } = socket.handshake.query;
  if (join) socket.join(join);
  socket.on('join', (room, done) => { socket.join(room); done(); });
});

let timer;
let sent = 0;
let churned = 0;

async function timed(act) {
  const began = now();
  try {
    return { ...await act(), millis: (now() - began) / 1000 };
  } catch (error) {
    return { error: String(error.message), millis: (now() - began) / 1000 };
  }
}

const orders = {
  // Sends numbered events at intervals, to a room or to all.
  beat({ millis, room }) {
    const target = room ? io.to(room) : io;
    timer = setInterval(() => target.emit('tick', name, sent++, now()), millis);
  },
  // Sends events at a rate, as many as are due each millisecond.
  flow({ rate, room, payload }) {
    const began = performance.now();
    const target = io.to(room);
    let done = 0;
    timer = setInterval(() => {
      for (const due = (performance.now() - began) * rate / 1000; done < due; done++, sent++) target.emit('news', payload);
    }, 1);
  },
  // Sends events as fast as it can, but at most `window` more than the receivers have reported.
  push({ room, payload, count }) {
    const target = io.to(room);
    for (let i = 0; i < count; i++, sent++) target.emit('news', payload);
  },
  still() {
    clearInterval(timer);
    return sent;
  },
  emit({ room, event }) { io.to(room).emit(event); },
  count: () => timed(async () => ({ value: await io.of('/').adapter.serverCount() })),
  fetch: () => timed(async () => ({ found: (await io.fetchSockets()).length, missing: 0 })),
  // Joins and leaves rooms with the first socket, as many as are due each millisecond.
  churn({ rate }) {
    const [socket] = io.of('/').sockets.values();
    const began = performance.now();
    const first = churned;
    timer = setInterval(() => {
      for (const due = (performance.now() - began) * rate / 1000; churned - first < due; churned++) {
        socket.join(`room ${churned}`);
        socket.leave(`room ${churned - 100}`);
      }
    }, 1);
  },
  settle() {
    const [socket] = io.of('/').sockets.values();
    for (const room of [...socket.rooms]) if (room.startsWith('room ')) socket.leave(room);
    return churned;
  },
  state() {
    globalThis.gc?.();
    return { health: 'none', dropped: 0, heap: process.memoryUsage().heapUsed };
  },
};

http.listen(0, '127.0.0.1', () => say({ port: http.address().port }));
createInterface({ input: process.stdin }).on('line', async (line) => {
  const order = JSON.parse(line);
  try {
    say({ id: order.id, ok: await orders[order.do](order) ?? null });
  } catch (error) {
    say({ id: order.id, error: String(error?.message ?? error) });
  }
}).on('close', () => process.exit(0));
