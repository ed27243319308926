// Plays packets in every state of a namespace against the original servers, over WebSockets, and records the results.
import { createServer } from 'node:http';
import { once } from 'node:events';
import EventEmitter from 'node:events';
import { WebSocket } from 'ws';
import { require, write } from './write.mjs';

process.EventEmitter = EventEmitter; // socket.io 0.9 expects it

const TURNS = 15; // turns of the event loop after which a server of this process has answered

async function pause() {
  for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setTimeout(resolve, 2));
}

// The states, as the steps that lead to them. "accept", "refuse" and "kick" are done by the application.
const STATES = {
  absent: [],
  joining: ['CONNECT'],
  joined: ['CONNECT', 'accept'],
  kicked: ['CONNECT', 'accept', 'kick'],
  left: ['CONNECT', 'accept', 'DISCONNECT'],
  refused: ['CONNECT', 'refuse'],
};

// The states of a dynamic namespace, whose lookup the application decides.
const LOOKUPS = {
  'looked up': ['CONNECT'],
  found: ['CONNECT', 'accept'],
  'not found': ['CONNECT', 'refuse'],
};

// The frames of each packet, on a WebSocket.
const eio = (binary) => ({
  CONNECT: ['40/slow,'],
  DISCONNECT: ['41/slow,'],
  EVENT: ['42/slow,["e"]'],
  CALL: ['42/slow,1["e"]'],
  ACK: ['43/slow,0[]'],
  BINARY: ['451-/slow,["b",{"_placeholder":true,"num":0}]', { base64: Buffer.from(binary).toString('base64') }],
  ERROR: ['44/slow,"x"'],
});

const GENERATIONS = {
  eio4: {
    packages: ['socket.io-4.8'],
    serve: serve4,
    lookups: LOOKUPS,
    packets: eio([1]),
    webSocket: '/socket.io/?EIO=4&transport=websocket',
  },
  eio3: {
    packages: ['socket.io-2.5'],
    serve: serve2,
    lookups: LOOKUPS,
    packets: eio([4, 1]),
    webSocket: '/socket.io/?EIO=3&transport=websocket',
  },
  gen1: {
    packages: ['socket.io-0.9'],
    serve: serve09,
    packets: {
      CONNECT: ['1::/slow'],
      DISCONNECT: ['0::/slow'],
      EVENT: ['5::/slow:{"name":"e"}'],
      CALL: ['5:1+:/slow:{"name":"e"}'],
      ACK: ['6::/slow:0'],
      MESSAGE: ['3::/slow:hi'],
      ERROR: ['7::/slow:'],
    },
    handshake: '/socket.io/1/?t=1',
    webSocket: '/socket.io/1/websocket/$sid?t=1',
  },
};

/** The decisions and events of one scenario. */
class Application {
  log = [];
  waiting = [];
  sockets = [];
  accept() {
    for (const decide of this.waiting.splice(0)) decide(true);
  }
  refuse() {
    for (const decide of this.waiting.splice(0)) decide(false);
  }
  kick() {
    for (const socket of this.sockets.splice(0)) socket.disconnect();
  }
}

const applications = new Map();

/** The applications of dynamic namespaces, by the name of the namespace. */
const lookups = new Map();

function serve4(http) {
  const { Server } = require('socket.io-4.8');
  const io = new Server(http);
  io.of('/slow').use((socket, next) => {
    const app = applications.get(socket.handshake.query.scenario);
    app.waiting.push((accepted) => next(accepted ? undefined : new Error('refused')));
  });
  const listen = (socket) => follow(applications.get(socket.handshake.query.scenario), socket);
  io.of('/slow').on('connection', listen);
  // The name has the scenario, because a predicate of this server receives no request.
  io.of((name, auth, next) => look(name, next)).on('connection', listen);
  return () => io.close();
}

/** Looks a dynamic namespace up: /late and the number of the scenario. */
function look(name, next) {
  const app = lookups.get(name);
  if (app === undefined) next(null, false);
  else app.waiting.push((accepted) => next(null, accepted));
}

function follow(app, socket) {
  app.log.push('connection');
  app.sockets.push(socket);
  socket.on('disconnect', (reason) => app.log.push(`disconnect: ${reason}`));
  socket.on('e', (callback) => {
    app.log.push('e');
    callback?.('ok');
  });
  socket.on('b', () => app.log.push('b'));
}

function serve2(http) {
  const io = require('socket.io-2.5')(http);
  const of = (socket) => applications.get(socket.handshake.query.scenario);
  io.of('/slow').use((socket, next) =>
    of(socket.conn.request._query ? { handshake: { query: socket.conn.request._query } } : socket).waiting.push((accepted) =>
      next(accepted ? undefined : new Error('refused')),
    ),
  );
  const listen = (socket) => follow(applications.get(socket.conn.request._query.scenario), socket);
  io.of('/slow').on('connection', listen);
  io.of((name, query, next) => look(name, next)).on('connection', listen);
  return () => io.close();
}

function serve09(http) {
  const io = require('socket.io-0.9').listen(http, { 'log level': 0 });
  io.set('transports', ['websocket']);
  io.of('/slow').authorization((data, callback) => {
    applications.get(data.query.scenario).waiting.push((accepted) => callback(null, accepted));
  });
  io.of('/slow').on('connection', (socket) => {
    const app = applications.get(socket.handshake.query.scenario);
    app.log.push('connection');
    app.sockets.push(socket);
    // In 0.9 one object serves the client for ever: listeners are added once.
    if (socket.known) return;
    socket.known = true;
    socket.on('disconnect', (reason) => app.log.push(`disconnect: ${reason}`));
    socket.on('e', (callback) => {
      app.log.push('e');
      if (typeof callback === 'function') callback('ok');
    });
    socket.on('message', () => app.log.push('message'));
  });
  return () => {};
}

async function open({ handshake, webSocket }, port, scenario) {
  const query = `&scenario=${encodeURIComponent(scenario)}`;
  const sid = handshake && (await (await fetch(`http://127.0.0.1:${port}${handshake}${query}`)).text()).split(':')[0];
  return new WebSocket(`ws://127.0.0.1:${port}${webSocket.replace('$sid', sid)}${query}`);
}

async function play(generation, port, name, steps, lookup) {
  const app = new Application();
  applications.set(name, app);
  const namespace = lookup ? `/late${lookups.size}` : '/slow';
  if (lookup) lookups.set(namespace, app);
  const socket = await open(GENERATIONS[generation], port, name);
  const received = [];
  let closed = false;
  socket.on('message', (data, isBinary) => received.push(isBinary ? `<${data.toString('hex')}>` : data.toString()));
  socket.on('close', () => (closed = true));
  socket.on('error', () => (closed = true));
  await once(socket, 'open');
  await pause();
  received.length = 0;
  for (const step of steps) {
    if (typeof app[step] === 'function') app[step]();
    else
      for (const frame of GENERATIONS[generation].packets[step]) {
        if (closed) break;
        socket.send(typeof frame === 'string' ? frame.replace('/slow', namespace) : Buffer.from(frame.base64, 'base64'));
      }
    await pause();
  }
  const result = {
    name,
    steps,
    ...(lookup ? { lookup } : {}),
    received: received.filter((text) => !/^[2358]$|^2::|^8::/.test(text)).map((text) => plain(text).replace(namespace, '/slow')),
    application: [...app.log],
    closed,
  };
  socket.terminate();
  return result;
}

/** Plays a scenario until two results agree: a busy machine may deliver an answer late. */
async function agreed(...scenario) {
  let before = await play(...scenario);
  for (;;) {
    const result = await play(...scenario);
    if (JSON.stringify(result) === JSON.stringify(before)) return result;
    before = result;
  }
}

/** Ids are random. */
const plain = (text) => text.replace(/"sid":"[^"]*"/, '"sid":"id"');

const only = process.argv.slice(2);
for (const [generation, { packages, serve, packets, lookups: states = {} }] of Object.entries(GENERATIONS)) {
  if (only.length > 0 && !only.includes(generation)) continue;
  const http = createServer();
  const close = serve(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const scenarios = [];
  for (const [state, before] of Object.entries({ ...STATES, ...states })) {
    const lookup = state in states;
    for (const first of Object.keys(packets)) {
      scenarios.push([`${state}: ${first}`, [...before, first, 'accept'], lookup]);
      for (const second of Object.keys(packets)) {
        scenarios.push([`${state}: ${first}, ${second}`, [...before, first, second, 'accept'], lookup]);
      }
    }
  }
  const { handshake, webSocket } = GENERATIONS[generation];
  const list = [{ name: 'protocol', handshake, webSocket, packets }];
  for (let i = 0; i < scenarios.length; i += 40) {
    list.push(...(await Promise.all(scenarios.slice(i, i + 40).map((scenario) => agreed(generation, http.address().port, ...scenario)))));
  }
  write(
    `${generation}/states.json`,
    packages,
    'Packets of one client in each state of the namespace /slow, whose middleware decides at accept or refuse, or of a dynamic namespace, whose lookup is decided then (lookup): received is what the client receives, application what listeners and handlers report, closed whether the connection is closed.',
    list,
  );
  close();
  http.close();
}
process.exit(0);
