// Starts the original Node server with the handlers of a suite, and prints its ports as JSON: the counterpart of
// SupportServers and Client09Servers of the examples. reference.cjs SUITE PACKAGE [TRANSPORT]
'use strict';
const { createRequire } = require('node:module');
const { createServer } = require('node:http');

const packages = createRequire(process.env.EVERWIRE_PACKAGES + '/');
const [suite, reference, transport] = process.argv.slice(2);
const TEXTS = ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string'];
const BYTES = Buffer.from('asdfasdf');

const isMixed = (value) => value.hello === 'lol' && Buffer.isBuffer(value.message) && value.goodbye === 'gotcha';

function answer(socket, event, response, expected) {
  socket.on(event, (value) => {
    if (expected(value)) socket.emit(response);
  });
}

function socketIo(server) {
  for (const namespace of ['/timeout_socket', '/valid', '/asd']) server.of(namespace).on('connection', () => {});
  server.of('/abc').on('connection', (socket) => socket.emit('handshake', socket.handshake));
  server.of('/no').use((socket, next) => next(new Error('Auth failed (custom namespace)')));
  server.use((socket, next) => next(socket.request._query.fail ? new Error('Auth failed (main namespace)') : undefined));
  server.of('/foo').on('connection', (socket) => socket.on('getId', (ack) => ack(socket.id)));
  server.on('connection', (socket) => {
    socket.on('getId', (ack) => ack(socket.id));
    socket.on('hi', () => socket.emit('hi'));
    socket.on('echo', (value, ack) => ack(value));
    socket.on('ack', () => socket.emit('ack', (a, b) => {
      if (a === 5 && b.test) socket.emit('got it');
    }));
    socket.on('getAckDate', (data, ack) => ack(new Date()));
    socket.on('getDate', () => socket.emit('takeDate', new Date()));
    socket.on('getDateObj', () => socket.emit('takeDateObj', { date: new Date() }));
    socket.on('getUtf8', () => TEXTS.forEach((text) => socket.emit('takeUtf8', text)));
    socket.on('false', () => socket.emit('false', false));
    socket.on('getHandshake', (ack) => ack(socket.handshake));
    socket.on('doge', () => socket.emit('doge', BYTES));
    socket.on('getbin', () => socket.emit('takebin', BYTES));
    answer(socket, 'buffa', 'buffack', Buffer.isBuffer);
    answer(socket, 'blob', 'back', Buffer.isBuffer);
    answer(socket, 'jsonbuff', 'jsonbuff-ack', isMixed);
    answer(socket, 'jsonblob', 'jsonblob-ack', isMixed);
    const before = new Set();
    answer(socket, 'abuff1', '', () => !before.add('abuff1'));
    answer(socket, 'abuff2', 'abuff2-ack', () => before.has('abuff1'));
    answer(socket, 'blob1', '', () => !before.add('blob1'));
    answer(socket, 'blob2', '', (text) => text === 'second' && !before.add('blob2'));
    answer(socket, 'blob3', 'blob3-ack', () => before.has('blob1') && before.has('blob2'));
  });
}

function engine(server, utf8) {
  server.on('connection', (socket) => {
    socket.send('hi');
    socket.on('message', (data) => {
      if (data === 'give binary') socket.send(Int8Array.of(0, 1, 2, 3, 4));
      else if (data === 'give utf8') socket.send(utf8);
      else if (data === 'sendHeaders') socket.send(JSON.stringify(socket.transport.dataReq?.headers));
      else socket.send(data);
    });
  });
}

function doneAfter(socket, last) {
  socket.on('message', (message) => {
    if (last(message)) socket.emit('done');
  });
}

const CASES_09 = {
  'test connecting the socket and disconnecting': () => {},
  'test receiving messages': each((socket) => {
    for (const i of [1, 2, 3]) setTimeout(() => socket.send(String(i)), 50 * i);
    setTimeout(() => socket.disconnect(), 650);
  }),
  'test sending messages': each(echo),
  'test manual buffer flushing': each(echo),
  'test automatic buffer flushing': each(echo),
  'test acks sent from client': each((socket) => socket.send('tobi', () => socket.send('tobi 2'))),
  'test acks sent from server': each(() => {}),
  'test connecting to namespaces': (io) => {
    io.of('/woot').on('connection', (socket) => socket.send('connected to woot'));
    io.of('/chat').on('connection', (socket) => socket.send('connected to chat'));
  },
  'test disconnecting from namespaces': (io) => {
    for (const name of ['/a', '/b']) io.of(name).on('connection', () => {});
  },
  'test authorizing for namespaces': (io) => {
    io.of('/a').authorization((data, allow) => allow(null, false)).on('connection', () => {});
  },
  'test sending json from server': each((socket) => socket.json.send(3141592)),
  'test sending json from client': each((socket) => socket.on('message', (list) => {
    if (Array.isArray(list) && list.length === 3) socket.send('echo');
  })),
  'test emitting an event from server': each((socket) => socket.emit('woot')),
  'test emitting multiple events at once to the server': each((socket) => {
    const printed = new Set();
    socket.on('print', (text) => {
      if (!printed.has(text) && printed.add(text).size === 2) socket.emit('done');
    });
  }),
  'test emitting an event to server': each((socket) => socket.on('woot', () => socket.emit('echo'))),
  'test emitting an event from server and sending back data': each((socket) => {
    socket.emit('woot', 1, (text) => socket.emit(text === 'test' ? 'done' : 'wrong'));
  }),
  'test emitting an event to server and sending back data': each((socket) => {
    socket.on('tobi', (a, b, ack) => ack({ hello: 'world' }));
  }),
  'test encoding a payload': (io) => io.of('/woot').on('connection', (socket) => {
    let count = 0;
    doneAfter(socket, (message) => message === 'ñ' && ++count === 4);
  }),
  'test sending query strings to the server': each((socket) => socket.json.send({ query: socket.handshake.query })),
  'test sending newline': each((socket) => doneAfter(socket, (message) => message === '\n')),
  'test sending unicode': each((socket) => doneAfter(socket, (message) => message.test === '☃')),
  'test webworker connection': each((socket) => doneAfter(socket, (message) => message === 'woot')),
};

function each(listener) {
  return (io) => io.sockets.on('connection', listener);
}

function echo(socket) {
  socket.on('message', (message) => socket.send(message));
}

const ANY_PORT = [0, '127.0.0.1'];

async function listen(http) {
  await new Promise((resolve) => http.listen(...ANY_PORT, resolve));
  return http.address().port;
}

const STARTERS = {
  async client4() {
    const http = createServer();
    const { Server } = packages(reference);
    const server = new Server(http, {
      pingInterval: 2000,
      connectionStateRecovery: {},
      cors: { origin: '*' },
      allowRequest: (request, decide) => setTimeout(() => decide(null, true), 10),
    });
    socketIo(server);
    return { client4: await listen(http) };
  },
  async client2() {
    const http = createServer();
    socketIo(packages(reference)(http, { pingInterval: 2000 }));
    return { client2: await listen(http) };
  },
  async engineclient4() {
    const http = createServer();
    const server = packages(reference).attach(http, {
      pingInterval: 500,
      maxHttpBufferSize: 100,
      cors: { origin: '*' },
      allowRequest: (request, decide) => decide(null, !new URL(request.url, 'http://localhost').searchParams.has('deny')),
    });
    engine(server, 'пойду спать всем спокойной ночи');
    server.on('initial_headers', (headers) => {
      headers['set-cookie'] = ['1=1; Max-Age=86400', '2=2; Path=/; HttpOnly; Secure; SameSite=Strict', '3=3; Max-Age=0',
        '4=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT'];
    });
    return { engineclient4: await listen(http) };
  },
  async engineclient3() {
    const http = createServer();
    engine(packages(reference).attach(http, { pingInterval: 500 }), 'пойду сать всем мпокойной ночи');
    return { engineclient3: await listen(http) };
  },
  async client09() {
    process.EventEmitter = require('node:events'); // removed from Node in version 7
    const ports = {};
    for (const [name, setup] of Object.entries(CASES_09)) {
      const http = createServer();
      const io = packages(reference).listen(http, { 'log level': 0, transports: [transport] });
      setup(io);
      ports[name] = await listen(http);
    }
    return ports;
  },
};

STARTERS[suite]().then((ports) => console.log(JSON.stringify(ports)));
