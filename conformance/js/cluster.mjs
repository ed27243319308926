// Runs Node servers of a cluster, emitters, and clients for the tests. The same protocol as agent.mjs: one JSON object per line.
// In: {id, do, name, …}. Out: {id, ok} or {id, error}, and {from, event, args} for what clients and servers receive.
// Binary data is {base64: "…"} in both directions.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { Emitter } from '@socket.io/redis-emitter';
import { Cluster, Redis } from 'ioredis';
import { Server } from 'socket.io-4.8';
import { io as connect } from 'socket.io-client';

const require = createRequire(import.meta.url);
const servers = new Map();
const clients = new Map();
const connections = [];

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (from, event, ...args) => say({ from, event, args: args.map(plain) });

/** Returns a value with binary data as text. */
function plain(value) {
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]));
}

/** Returns a value with binary data. */
function real(value) {
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  if (Array.isArray(value)) return value.map(real);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, real(inside)]));
}

/** Connects to Redis at a port, or to {cluster: [port, …]}, or to the master that {sentinel: port} names. */
function redis(place) {
  const at = (port) => ({ port, host: '127.0.0.1' });
  const client = place.cluster ? new Cluster(place.cluster.map(at), { shardedSubscribers: true })
    : place.sentinel ? new Redis({ sentinels: [at(place.sentinel)], name: 'main' }) : new Redis(at(place));
  client.on('error', () => {});
  connections.push(client);
  return client;
}

function adapter4({ redis: port, mode }) {
  const publisher = redis(port);
  const subscriber = redis(port);
  if (mode === 'classic') return createAdapter(publisher, subscriber, { requestsTimeout: 4000 });
  if (mode === 'classic-specific') return createAdapter(publisher, subscriber, { publishOnSpecificResponseChannel: true });
  return createShardedAdapter(publisher, subscriber, { subscriptionMode: mode });
}

const listening = (http) => new Promise((resolve) => { http.listen(0, '127.0.0.1', () => resolve(http.address().port)); });

/** Returns a broadcast operator. */
function chosen(target, { rooms = [], except = [], volatile, timeout }) {
  let result = target;
  if (rooms.length > 0) result = result.to(rooms);
  if (except.length > 0) result = result.except(except);
  if (volatile) result = result.volatile;
  return timeout ? result.timeout(timeout) : result;
}

const server = ({ name }) => servers.get(name) ?? fail(`no server ${name}`);
const client = ({ name }) => clients.get(name) ?? fail(`no client ${name}`);

function fail(message) {
  throw new Error(message);
}

const callback = (act) => new Promise((resolve, reject) => {
  act((error, result) => (error ? reject(error) : resolve(plain(result) ?? null)));
});

const orders = {
  async server(order) {
    const http = createServer();
    const io = new Server(http, { adapter: adapter4(order), serveClient: false, allowEIO3: true });
    const names = ['/', ...(order.namespaces ?? [])];
    for (const nsp of names) {
      io.of(nsp).on('connection', (socket) => {
        socket.data = { from: 'node', id: socket.id };
        socket.on('join', (room, done) => { socket.join(room); done(); });
        socket.on('message', (text) => io.of(nsp).send(text));
        tell(order.name, 'connection', socket.id);
      });
      io.of(nsp).on('hello', (...args) => tell(order.name, 'hello', ...args));
      io.of(nsp).on('double', (number, done) => done(2 * number));
    }
    servers.set(order.name, io);
    return listening(http);
  },
  async server2(order) {
    const http = createServer();
    const io = require('socket.io-2.5')(http, { serveClient: false });
    io.adapter(require('socket.io-redis')({ host: '127.0.0.1', port: order.redis, requestsTimeout: 4000 }));
    io.of('/').adapter.on('error', (error) => tell(order.name, 'error', String(error)));
    io.on('connection', (socket) => {
      socket.on('join', (room, done) => { socket.join(room, () => done()); });
      socket.on('message', (text) => io.send(text));
      tell(order.name, 'connection', socket.id);
    });
    for (const nsp of order.namespaces ?? []) io.of(nsp);
    servers.set(order.name, io);
    return listening(http);
  },
  emit: (order) => { chosen(server(order).of(order.nsp ?? '/'), order).emit(...real(order.args)); },
  call: (order) => callback((done) => { chosen(server(order), order).emit(...real(order.args), (error, result) => done(null, result)); }),
  fetch: async (order) => (await chosen(server(order), order).fetchSockets()).map(({ id, handshake, rooms, data }) =>
    ({ id, handshake, rooms: [...rooms], data: plain(data) })),
  socketsJoin: (order) => { chosen(server(order), order).socketsJoin(order.names); },
  socketsLeave: (order) => { chosen(server(order), order).socketsLeave(order.names); },
  disconnectSockets: (order) => { chosen(server(order), order).disconnectSockets(order.close); },
  serverEmit: (order) => { server(order).serverSideEmit(...real(order.args)); },
  serverCall: (order) => callback((done) => { server(order).serverSideEmit(...real(order.args), done); }),
  allRooms: async (order) => [...await server(order).of('/').adapter.allRooms()],
  serverCount: (order) => server(order).of('/').adapter.serverCount(),

  // Gives messages to the readers of an adapter, without Redis. Returns what they throw, and the number of packets for clients.
  async read({ mode, messages }) {
    const bus = Object.assign(new EventEmitter(), {
      publish() {}, psubscribe() {}, subscribe() {}, ssubscribe() {}, spublish: async () => 1, send_command(_, __, done) { done(null, ['', '1']); },
    });
    const io = new Server({ adapter: mode === 'classic' ? createAdapter(bus, bus) : createShardedAdapter(bus, bus, { subscriptionMode: mode }) });
    const problems = [];
    let delivered = 0;
    const rejected = (reason) => problems.push(String(reason));
    process.on('unhandledRejection', rejected);
    for (const nsp of ['/', '/other']) {
      const { adapter, sockets } = io.of(nsp);
      sockets.set('AAAAAAAAAAAAAAAAAAAB', {
        id: 'AAAAAAAAAAAAAAAAAAAB', acks: new Map(), data: {}, handshake: {}, rooms: new Set(), join() {}, leave() {}, disconnect() {},
        client: { writeToEngine() { delivered += 1; } }, notifyOutgoingListeners() {},
      });
      adapter.addAll('AAAAAAAAAAAAAAAAAAAB', new Set(['AAAAAAAAAAAAAAAAAAAB', 'r']));
      for (const { channel, wire } of messages) {
        const [name, bytes] = [Buffer.from(channel), Buffer.from(wire, 'base64')];
        try {
          if (mode !== 'classic') adapter.onRawMessage(bytes, name);
          else if (channel.startsWith('socket.io#')) adapter.onmessage(null, name, bytes);
          else await adapter.onrequest(name, bytes);
        } catch (error) {
          problems.push(`${channel} ${wire}: ${error}`);
        }
      }
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    process.off('unhandledRejection', rejected);
    return { problems, delivered };
  },

  // Of socket.io-redis 5.4
  emit2: (order) => {
    let target = server(order).of(order.nsp ?? '/');
    if (order.volatile) target = target.volatile;
    for (const room of order.rooms ?? []) target = target.to(room);
    target.emit(...real(order.args));
  },
  clients2: (order) => callback((done) => {
    let target = server(order).of('/');
    for (const room of order.rooms ?? []) target = target.in(room);
    target.clients(done);
  }),
  clientRooms2: (order) => callback((done) => { server(order).of('/').adapter.clientRooms(order.socket, done); }),
  allRooms2: (order) => callback((done) => { server(order).of('/').adapter.allRooms(done); }),
  remoteJoin2: (order) => callback((done) => { server(order).of('/').adapter.remoteJoin(order.socket, order.room, done); }),
  remoteLeave2: (order) => callback((done) => { server(order).of('/').adapter.remoteLeave(order.socket, order.room, done); }),
  remoteDisconnect2: (order) => callback((done) => { server(order).of('/').adapter.remoteDisconnect(order.socket, order.close, done); }),

  // Emitters
  emitter: (order) => { chosen(new Emitter(redis(order.redis)), order).emit(...real(order.args)); },
  emitterJoin: (order) => { chosen(new Emitter(redis(order.redis)), order).socketsJoin(order.names); },
  emitterLeave: (order) => { chosen(new Emitter(redis(order.redis)), order).socketsLeave(order.names); },
  emitterDisconnect: (order) => { chosen(new Emitter(redis(order.redis)), order).disconnectSockets(order.close); },
  emitterServer: (order) => { new Emitter(redis(order.redis)).serverSideEmit(...real(order.args)); },
  oldEmitter: (order) => {
    const connection = redis(order.redis);
    let emitter = require(order.version)(connection);
    for (const room of order.rooms ?? []) emitter = emitter.to(room);
    emitter.emit(...real(order.args));
  },

  // Clients
  client: (order) => new Promise((resolve, reject) => {
    const url = `http://127.0.0.1:${order.port}`;
    const options = { transports: ['websocket'], forceNew: true, 'force new connection': true, reconnection: false };
    const old = order.version === '0.9';
    const socket = order.version === '4.8' ? connect(url + (order.nsp ?? ''), options)
      : old ? require('socket.io-client-0.9').connect(url, options) : require('socket.io-client-2.5.0')(url + (order.nsp ?? ''), options);
    clients.set(order.name, socket);
    for (const event of order.events ?? []) {
      socket.on(event, (...args) => {
        const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
        // A large text is reported by its length.
        tell(order.name, event, ...args.map((arg) => (event === 'large' ? arg.length : arg)));
        if (event === 'ask') ack?.(order.name);
        else if (event === 'ask binary') ack?.(Buffer.from([1, 2, 3]));
      });
    }
    socket.on('disconnect', (reason) => tell(order.name, 'disconnect', reason));
    socket.on(old ? 'connect_failed' : 'connect_error', () => reject(new Error('no connection')));
    socket.on('connect', () => resolve(old ? null : socket.id));
  }),
  join: (order) => new Promise((resolve) => { client(order).emit('join', order.room, () => resolve(null)); }),
  send: (order) => { client(order).send(order.text); },
  leaveServer: (order) => { client(order).disconnect(); },
  async end() {
    setImmediate(() => process.exit(0));
  },
};

createInterface({ input: process.stdin }).on('line', async (line) => {
  const order = JSON.parse(line);
  try {
    say({ id: order.id, ok: await orders[order.do](order) ?? null });
  } catch (error) {
    say({ id: order.id, error: String(error?.message ?? error) });
  }
}).on('close', () => process.exit(0));
