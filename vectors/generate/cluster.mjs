// Messages between servers, as the Node adapters and emitters write them: vectors/cluster/*.json. The adapters get clients that record
// what is published; ids are fixed.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { binary, plain, require, write } from './write.mjs';

const UID = 'tH0c5_';
const HEX = '5a5a5a5a5a5a5a5a';
const MIXED = 'a\u00e9\u20ac\ud83d\ude00\u2028"\\/</script>';

const adapterRequire = createRequire(require.resolve('@socket.io/redis-adapter'));
fixed(adapterRequire, 'uid2', () => UID);
fixed(createRequire(require.resolve('socket.io-redis')), 'uid2', () => UID);
const crypto = require('crypto');
const { randomBytes } = crypto;

const { Server } = require('socket.io-4.8');
const { createAdapter, createShardedAdapter } = require('@socket.io/redis-adapter');

/** Replaces a module before others load it. */
function fixed(from, name, exported) {
  const path = from.resolve(name);
  from(path);
  from.cache[path].exports = exported;
}

/** A client of Redis that records. */
class Recorder extends EventEmitter {
  published = [];
  subscribed = [];
  servers = 2;
  publish(channel, message) { this.record('channel', channel, message); }
  spublish(channel, message) { this.record('shard', channel, message); return Promise.resolve(1); }
  record(kind, channel, message) { this.published.push({ kind, channel, wire: Buffer.from(message).toString('base64') }); }
  psubscribe(pattern) { this.subscribed.push(`pattern ${pattern}`); }
  subscribe(channels) { [channels].flat().forEach((channel) => this.subscribed.push(`channel ${channel}`)); }
  ssubscribe(channel) { this.subscribed.push(`shard ${channel}`); }
  sunsubscribe() {}
  send_command(command, args, callback) { callback(null, [args[1], String(this.servers)]); }
}

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

/** Returns a server with the adapter, and its namespace. */
function serverOf(factory, name = '/') {
  crypto.randomBytes = (size) => Buffer.alloc(size, 0x5a);
  const client = new Recorder();
  const io = new Server({ adapter: factory(client), serveClient: false });
  const nsp = io.of(name);
  client.published = [];
  return { client, io, nsp, adapter: nsp.adapter };
}

const socketId = 'AAAAAAAAAAAAAAAAAAAB';

/** Adds what looks like a connected socket. */
function addSocket({ nsp, adapter }, data = { name: 'alice', list: [1, null] }) {
  const socket = {
    id: socketId,
    acks: new Map(),
    data,
    handshake: {
      headers: { host: 'example.org', cookie: 'a=b' }, time: 'Thu Jan 01 1970 00:00:00 GMT+0000', address: '127.0.0.1', xdomain: false,
      secure: false, issued: 0, url: '/socket.io/?EIO=4&transport=websocket', query: { EIO: '4', transport: 'websocket' }, auth: { token: 'x' },
    },
    get rooms() { return adapter.socketRooms(socketId); },
    client: { writeToEngine() {} },
    notifyOutgoingListeners() {},
  };
  nsp.sockets.set(socketId, socket);
  adapter.addAll(socketId, new Set([socketId, 'r']));
  return socket;
}

const shapes = {
  'to all': [{}, 'x'],
  'with arguments': [{}, 'x', 1, 'text', null, true, { a: [1.5, -7, {}], b: '' }],
  'with text of all widths': [{}, MIXED, MIXED],
  // notepack.io writes whole numbers beyond 2^64 as 0: they are left out.
  'with large numbers': [{}, 'x', 9007199254740991, -9007199254740991, 4294967296, -0.25],
  'with binary': [{}, 'x', binary(1, 2, 3), { inside: [binary()] }],
  'to a room': [{ rooms: ['r'] }, 'x', 1],
  'to a room of all widths': [{ rooms: [MIXED] }, 'x'],
  'to an id': [{ rooms: [socketId] }, 'x'],
  'to a room that is a number': [{ rooms: [42] }, 'x'],
  'to two rooms': [{ rooms: ['a', 'b'] }, 'x'],
  'except a room': [{ except: ['b'] }, 'x'],
  'to a room except two': [{ rooms: ['a'], except: ['b', 'c'] }, 'x'],
  'volatile': [{ volatile: true }, 'x'],
  'without compression': [{ compress: false }, 'x'],
  'as a message': [{}, 'message', 'hello'],
};

function operator(target, { rooms = [], except = [], volatile, compress }) {
  let result = target;
  if (rooms.length > 0) result = result.to(rooms);
  if (except.length > 0) result = result.except(except);
  if (volatile) result = result.volatile;
  return compress === undefined ? result : result.compress(compress);
}

function meaning(kind, to, more) {
  const { rooms = [], except = [], volatile = false, compress = true } = to;
  return { kind, rooms, except, volatile, compress, ...more };
}

/** Records everything that a server publishes on its own, and its answers to the messages of another one. */
async function record(factory, decode) {
  const vectors = [];
  const add = (name, { client }, message, at = 0) => {
    if (client.published.length <= at) throw new Error(`nothing was published: ${name}`);
    vectors.push({ name, ...client.published[at], message });
  };
  for (const [name, [to, ...data]] of Object.entries(shapes)) {
    const server = serverOf(factory);
    operator(server.io, to).emit(...data);
    add(`broadcast ${name}`, server, meaning('broadcast', to, { data: plain(data) }));
  }
  const elsewhere = serverOf(factory, '/chat');
  elsewhere.nsp.to('r').emit('x');
  add('broadcast in a namespace', elsewhere, { ...meaning('broadcast', { rooms: ['r'] }, { data: ['x'] }), nsp: '/chat' });

  const actions = {
    'join': [(io) => io.to('a').except('b').socketsJoin(['r', 's']), meaning('join', { rooms: ['a'], except: ['b'] }, { names: ['r', 's'] })],
    'join of all': [(io) => io.socketsJoin('r'), meaning('join', {}, { names: ['r'] })],
    'leave': [(io) => io.to('a').socketsLeave(['r']), meaning('leave', { rooms: ['a'] }, { names: ['r'] })],
    'disconnect': [(io) => io.to('a').disconnectSockets(), meaning('disconnect', { rooms: ['a'] }, { close: false })],
    'disconnect and close': [(io) => io.disconnectSockets(true), meaning('disconnect', {}, { close: true })],
    'fetch': [(io) => { io.to('a').except('b').fetchSockets(); }, meaning('fetch', { rooms: ['a'], except: ['b'] }, {})],
    'server event': [(io) => io.serverSideEmit('hello', 1, { a: MIXED }), { kind: 'serverEvent', data: ['hello', 1, { a: MIXED }] }],
    'server event with binary': [(io) => io.serverSideEmit('hello', binary(1, 2)), { kind: 'serverEvent', data: ['hello', { base64: 'AQI=' }] }],
    'server event with replies': [(io) => io.serverSideEmit('ask', 1, () => {}), { kind: 'serverEvent', data: ['ask', 1], asks: true }],
    'call': [(io) => io.to('a').timeout(1000).emit('ask', 1, () => {}), meaning('call', { rooms: ['a'] }, { data: ['ask', 1], timeout: 1000 })],
    'call with binary': [(io) => io.timeout(1000).emit('ask', binary(7), () => {}), meaning('call', {}, { data: ['ask', { base64: 'Bw==' }], timeout: 1000 })],
  };
  for (const [name, [act, message]] of Object.entries(actions)) {
    const server = serverOf(factory);
    act(server.io);
    await turn();
    await turn();
    add(name, server, message);
  }

  // Answers: the messages of one server are given to another one.
  const asking = serverOf(factory);
  const answer = async (name, ask, message, { arg, at = 0, data } = {}) => {
    const answering = serverOf(factory);
    const socket = addSocket(answering, data);
    for (const [event, ...result] of [['none'], ['one', 1], ['object', { a: MIXED }], ['binary', binary(4, 5)], ['null', null]]) {
      answering.nsp.on(event, (...args) => args.at(-1)(...result));
    }
    asking.client.published = [];
    ask(asking.io);
    await turn();
    await turn();
    const { channel, wire } = asking.client.published[0];
    decode(answering.adapter, channel, Buffer.from(wire, 'base64'));
    await turn();
    await turn();
    if (arg !== undefined) {
      [...socket.acks.values()][0](...arg);
      await turn();
    }
    add(name, answering, message, at);
  };
  const details = (data) => ({ id: socketId, rooms: [socketId, 'r'], data, url: '/socket.io/?EIO=4&transport=websocket' });
  const sockets = { kind: 'sockets', sockets: [details({ name: 'alice', list: [1, null] })] };
  await answer('sockets', (io) => { io.fetchSockets(); }, sockets);
  await answer('sockets without one', (io) => { io.in('nobody').fetchSockets(); }, { kind: 'sockets', sockets: [] });
  await answer('sockets with binary', (io) => { io.fetchSockets(); },
    { kind: 'sockets', sockets: [details({ key: { type: 'Buffer', data: [1, 2] } })] }, { data: { key: binary(1, 2) } });
  await answer('clients asked', (io) => io.timeout(1000).emit('ask', () => {}), { kind: 'count', count: 1 });
  await answer('no client asked', (io) => io.to('nobody').timeout(1000).emit('ask', () => {}), { kind: 'count', count: 0 });
  const acks = { 'nothing': [], 'null': [null], 'a number': [5], 'an object': [{ a: MIXED }], 'binary': [binary(1, 2)] };
  for (const [name, arg] of Object.entries(acks)) {
    await answer(`ack of ${name}`, (io) => io.timeout(1000).emit('ask', () => {}), { kind: 'ack', data: plain(arg) }, { arg, at: 1 });
  }
  const replies = { none: [], one: [1], object: [{ a: MIXED }], binary: [binary(4, 5)], null: [null] };
  for (const [event, data] of Object.entries(replies)) {
    await answer(`reply of ${event}`, (io) => io.serverSideEmit(event, () => {}), { kind: 'reply', data: plain(data) });
  }
  return vectors;
}

const classic = await record((client) => createAdapter(client, client), (adapter, channel, message) => {
  adapter.uid = 'other1';
  adapter.onrequest(channel, message);
});
{
  const server = serverOf((client) => createAdapter(client, client));
  server.adapter.allRooms();
  await turn();
  classic.push({ name: 'list of rooms', ...server.client.published[0], message: { kind: 'listRooms' } });
  const answering = serverOf((client) => createAdapter(client, client));
  addSocket(answering);
  answering.adapter.onrequest('socket.io-request#/#', Buffer.from('{"uid":"other1","requestId":"abcdef","type":1}'));
  answering.adapter.onrequest('socket.io-request#/#', Buffer.from('{"uid":"other1","requestId":"abcdef","type":0,"rooms":["r"]}'));
  await turn();
  classic.push({ name: 'names of rooms', ...answering.client.published[0], message: { kind: 'rooms', names: [socketId, 'r'] } });
  classic.push({ name: 'ids of sockets', ...answering.client.published[1], message: { kind: 'ids', names: [socketId] } });
}
write('cluster/classic.json', ['@socket.io/redis-adapter', 'socket.io-4.8'],
  'message -> channel and wire, and back, with createAdapter. wire is base64; the uid and all request ids are tH0c5_. The message is what the '
  + 'bytes mean: binary is {"base64":"..."}.', classic);

const ofMode = (subscriptionMode) => (client) => createShardedAdapter(client, client, { subscriptionMode });
const sharded = await record(ofMode('dynamic'), (adapter, channel, message) => {
  adapter.uid = 'ffffffffffffffff';
  adapter.onRawMessage(message, Buffer.from(channel));
});
for (const mode of ['static', 'dynamic-private']) {
  for (const room of ['r', socketId]) {
    const server = serverOf(ofMode(mode));
    server.io.to(room).emit('x');
    await turn();
    sharded.push({ name: `broadcast to ${room} in mode ${mode}`, ...server.client.published[0], mode, message: meaning('broadcast', { rooms: [room] }, { data: ['x'] }) });
  }
}
write('cluster/sharded.json', ['@socket.io/redis-adapter', 'socket.io-4.8'],
  `message -> channel and wire, and back, with createShardedAdapter, in mode dynamic unless named. wire is base64; the uid and all request ids `
  + `are ${HEX}. The message is what the bytes mean: binary is {"base64":"..."}.`, sharded);

// ---- emitters -----------------------------------------------------------------------------------------------------------

const emitters = [];
function recordEmitter(version, make, features) {
  for (const [name, [to, ...data]] of Object.entries(shapes)) {
    if ((to.except && !features.except) || (to.compress !== undefined && !features.except) || (data[0] === 'message')) continue;
    if (version === '2.0' && (to.rooms?.length > 1 || typeof to.rooms?.[0] === 'number' || to.rooms?.[0] === MIXED)) continue;
    const client = new Recorder();
    client.hset = () => {};
    let emitter = make(client);
    for (const room of to.rooms ?? []) emitter = emitter.to(room);
    if (to.except) emitter = emitter.except(to.except);
    if (to.volatile) emitter = emitter.volatile;
    if (to.compress !== undefined) emitter = emitter.compress(to.compress);
    emitter.emit(...data);
    emitters.push({ name: `${version}: broadcast ${name}`, ...client.published.at(-1), message: meaning('broadcast', to, { data: plain(data) }) });
  }
}
const { Emitter } = require('@socket.io/redis-emitter');
recordEmitter('5.1', (client) => new Emitter(client), { except: true });
recordEmitter('3.2', (client) => require('socket.io-emitter')(client), {});
recordEmitter('2.0', (client) => require('socket.io-emitter-2.0')(client), {});
for (const [name, act, message] of [
  ['join', (emitter) => emitter.in('a').socketsJoin('r'), meaning('join', { rooms: ['a'] }, { names: ['r'] })],
  ['leave', (emitter) => emitter.except('b').socketsLeave(['r', 's']), meaning('leave', { except: ['b'] }, { names: ['r', 's'] })],
  ['disconnect', (emitter) => emitter.disconnectSockets(true), meaning('disconnect', {}, { close: true })],
  ['server event', (emitter) => emitter.serverSideEmit('hello', 1), { kind: 'serverEvent', data: ['hello', 1] }],
]) {
  const client = new Recorder();
  act(new Emitter(client));
  emitters.push({ name: `5.1: ${name}`, ...client.published[0], message });
}
write('cluster/emitters.json', ['@socket.io/redis-emitter', 'socket.io-emitter', 'socket.io-emitter-2.0'],
  'channel and wire -> message. wire is base64. The message is what the bytes mean: binary is {"base64":"..."}.', emitters);
crypto.randomBytes = randomBytes;
process.exit(0);
