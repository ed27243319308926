// Sends requests and packets in every state of a session to the original servers, and records the results.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import EventEmitter from 'node:events';
import { WebSocket } from 'ws';
import { require, write } from './write.mjs';

process.EventEmitter = EventEmitter; // socket.io 0.9 expects it

const SETTLE = 150; // milliseconds between two steps: an upgrade releases a pending poll within 100
const TURNS = 25; // turns of the event loop in which a server of this process has answered, however slow the machine is
const MOST_TURNS = 2000;
const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function pause(client) {
  await wait(SETTLE);
  for (let i = 0; i < TURNS || (client.isBusy() && i < MOST_TURNS); i++) await wait(2);
}

// The steps: "GET" polls, "POST x" sends a body, "WS" asks for a WebSocket of this session, "ws x" sends a text on the last one,
// "ws close" closes it, "abort" ends the connection of the last request, and "kick" has the application close the connection.
const ENGINE = {
  states: {
    absent: ['sid unknown'],
    new: [],
    open: ['POST 40', 'GET'],
    waiting: ['POST 40', 'GET', 'GET'],
    connecting: ['POST 40', 'GET', 'WS'],
    probed: ['POST 40', 'GET', 'WS', 'ws 2probe'],
    'probed, waiting': ['POST 40', 'GET', 'GET', 'WS', 'ws 2probe'],
    upgraded: ['POST 40', 'GET', 'WS', 'ws 2probe', 'ws 5'],
    closing: ['POST 40', 'GET', 'kick'],
    'closing, probed': ['POST 40', 'GET', 'WS', 'ws 2probe', 'kick'],
    closed: ['POST 40', 'GET', 'POST 1'],
    'closed, upgraded': ['POST 40', 'GET', 'WS', 'ws 2probe', 'ws 5', 'ws close'],
  },
  steps: [
    'GET', 'POST 42["e"]', 'POST 6', 'POST 1', 'POST 2', 'POST 3', 'POST 5', 'POST 9', 'POST ', 'POST 6\u001e1', 'WS',
    'ws 2probe', 'ws 2', 'ws 3', 'ws 5', 'ws 6', 'ws 1', 'ws 42["e"]', 'ws 9', 'ws close',
  ],
  then: ['GET', 'POST 42["e"]', 'POST 1', 'WS', 'ws 2probe', 'ws 5', 'ws 1', 'ws 42["e"]', 'ws close'],
};

/** Bodies of EIO 3 have lengths. */
function in3(step) {
  if (step === 'POST 6\u001e1') return 'POST 1:61:1';
  return step.replace(/^POST (.+)$/, (all, text) => `POST ${text.length}:${text}`);
}

const GENERATIONS = {
  eio4: {
    packages: ['socket.io-4.8'],
    serve: serve4,
    isOpen: () => true, // its end is told
    ...ENGINE,
    handshake: '/socket.io/?EIO=4&transport=polling',
    polling: '/socket.io/?EIO=4&transport=polling&sid=$sid',
    webSocket: '/socket.io/?EIO=4&transport=websocket&sid=$sid',
  },
  eio3: {
    packages: ['socket.io-2.5'],
    serve: serve2,
    isOpen: () => true,
    joins: '2:40', // the packet that ends the first response
    states: Object.fromEntries(
      Object.entries(ENGINE.states).map(([state, steps]) => [state, steps.slice(steps[0] === 'POST 40' ? 2 : 0).map(in3)]),
    ),
    steps: ENGINE.steps.map(in3),
    then: ENGINE.then.map(in3),
    handshake: '/socket.io/?EIO=3&transport=polling',
    polling: '/socket.io/?EIO=3&transport=polling&sid=$sid',
    webSocket: '/socket.io/?EIO=3&transport=websocket&sid=$sid',
  },
  gen1: {
    packages: ['socket.io-0.9'],
    serve: serve09,
    isOpen: (sid) => handshaken[sid] !== undefined,
    states: {
      absent: ['sid unknown'],
      new: [],
      open: ['GET'],
      waiting: ['GET', 'GET'],
      webSocket: ['WS'],
      'waiting, webSocket': ['GET', 'GET', 'WS'],
      closed: ['GET', 'POST 0::'],
      'closed, webSocket': ['WS', 'ws 0::'],
      kicked: ['GET', 'kick'],
    },
    steps: [
      'GET', 'POST 2::', 'POST 0::', 'POST 1::', 'POST 8::', 'POST 3:::hi', 'POST 9::', 'POST ', 'WS',
      'ws 2::', 'ws 0::', 'ws 1::', 'ws 8::', 'ws 3:::hi', 'ws 9::', 'ws close',
    ],
    then: ['GET', 'POST 0::', 'POST 3:::hi', 'WS', 'ws 0::', 'ws 1::', 'ws 3:::hi', 'ws close'],
    handshake: '/socket.io/1/?t=1',
    polling: '/socket.io/1/xhr-polling/$sid?t=1',
    webSocket: '/socket.io/1/websocket/$sid?t=1',
  },
  gen0: {
    packages: ['socket.io'],
    serve: serve06,
    isOpen: () => true, // its end is told
    states: {
      absent: ['sid 123'],
      new: [],
      waiting: ['GET'],
      aborted: ['GET', 'abort'],
      webSocket: ['WS'],
      'closed, webSocket': ['WS', 'ws close'],
    },
    steps: [
      'GET', 'POST data=~m~2~m~hi', 'POST data=~m~10~m~~j~{"a":1}', 'POST data=~m~4~m~~h~1', 'POST data=~m~1~m~a~m~1~m~b',
      'POST data=garbage', 'POST data=', 'POST other=1', 'POST ', 'abort',
      'ws ~m~2~m~hi', 'ws ~m~10~m~~j~{"a":1}', 'ws ~m~4~m~~h~1', 'ws ~m~1~m~a~m~1~m~b', 'ws garbage', 'ws ', 'ws close',
    ],
    then: ['GET', 'POST data=~m~2~m~hi', 'POST data=~m~4~m~~h~1', 'POST data=garbage', 'abort', 'ws ~m~2~m~hi', 'ws garbage', 'ws close'],
    handshake: '/socket.io/xhr-polling//1',
    polling: '/socket.io/xhr-polling/$sid/1',
    webSocket: '/socket.io/websocket',
    contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  },
};

/** The closed sessions with their reasons, and what the application may close, by session id. */
const closed = new Map();
const kicks = new Map();

/** The open sessions of 0.9, which does not tell each end. */
let handshaken;

function serve4(http) {
  const { Server } = require('socket.io-4.8');
  const io = new Server(http);
  followEngine(io);
  return () => io.close();
}

function serve2(http) {
  const io = require('socket.io-2.5')(http);
  followEngine(io);
  return () => io.close();
}

function followEngine(io) {
  io.engine.on('connection', (engine) => engine.on('close', (reason) => closed.set(engine.id, reason)));
  io.on('connection', (socket) => kicks.set(socket.conn.id, () => socket.disconnect(true)));
}

function serve09(http) {
  const io = require('socket.io-0.9').listen(http, { 'log level': 0 });
  io.set('transports', ['websocket', 'xhr-polling']);
  handshaken = io.handshaken;
  io.sockets.on('connection', (socket) => {
    kicks.set(socket.id, () => socket.disconnect());
    socket.on('disconnect', (reason) => closed.set(socket.id, reason));
  });
  return () => {};
}

/** 0.6 has no reasons for a close, and each WebSocket is a session of its own. */
function serve06(http) {
  // It sets an encoding on the socket of an upgrade, which later versions of Node.js forbid (ERR_HTTP_SOCKET_ENCODING).
  http.on('upgrade', (request, socket) => delete socket.setEncoding);
  const io = require('socket.io').listen(http, { log: null, transports: ['websocket', 'xhr-polling'] });
  io.on('connection', (client) => {
    const { sessionId } = client;
    client.on('disconnect', () => closed.set(sessionId, 'closed'));
  });
  return () => {};
}

/** A WebSocket of draft 75, as far as `Client` needs it: the `ws` package has none. */
class Draft75 extends EventEmitter {
  readyState = WebSocket.CONNECTING;

  constructor(port, path) {
    super();
    let text = '';
    this.socket = connect(port, '127.0.0.1', () =>
      this.socket.write(
        `GET ${path} HTTP/1.1\r\nHost: h\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: http://h\r\n\r\n`,
      ),
    );
    this.socket.on('data', (data) => {
      text += data.toString('latin1');
      if (this.readyState === WebSocket.CONNECTING && text.includes('\r\n\r\n')) {
        text = text.slice(text.indexOf('\r\n\r\n') + 4);
        this.readyState = WebSocket.OPEN;
        this.emit('open');
      }
      for (let end = text.indexOf('\u00ff'); end >= 0; end = text.indexOf('\u00ff')) {
        this.emit('message', text.slice(1, end));
        text = text.slice(end + 1);
      }
    });
    this.socket.on('error', (e) => this.emit('error', e));
    this.socket.on('close', () => {
      this.readyState = WebSocket.CLOSED;
      this.emit('close');
    });
  }

  send(text) {
    this.socket.write(`\u0000${text}\u00ff`, 'latin1');
  }

  close() {
    this.socket.end();
  }

  terminate() {
    this.socket.destroy();
  }
}

/** One client, with all its requests. */
class Client {
  answers = [];
  sockets = [];
  names = [];
  constructor(generation, port) {
    this.generation = generation;
    this.port = port;
  }

  async open() {
    const body = await (await fetch(`http://127.0.0.1:${this.port}${this.generation.handshake}`)).text();
    this.sid = sid(body);
    this.names.push(this.sid);
  }

  run(step) {
    if (step.startsWith('sid ')) this.sid = step.slice(4);
    else if (step === 'kick') kicks.get(this.sid)?.();
    else if (step === 'GET') this.http(step, 'GET');
    else if (step.startsWith('POST ')) this.http(step, 'POST', step.slice(5));
    else if (step === 'WS') this.webSocket();
    else if (step === 'abort') this.requests?.at(-1).destroy();
    else if (step === 'ws close') this.sockets.at(-1).close();
    else if (this.sockets.at(-1).readyState === WebSocket.OPEN) this.sockets.at(-1).send(step.slice(3));
  }

  http(step, method, body) {
    const answer = { step, result: 'pending' };
    this.answers.push(answer);
    const contentType = this.generation.contentType ?? 'text/plain;charset=UTF-8';
    const headers = body === undefined ? {} : { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) };
    const sent = request({ port: this.port, host: '127.0.0.1', method, path: this.path('polling'), headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => (text += data)).on('end', () => (answer.result = `${response.statusCode} ${text}`));
      response.on('error', () => (answer.result = 'aborted'));
    });
    sent.on('error', () => (answer.result = 'aborted'));
    sent.end(body);
    this.requests = [...(this.requests ?? []), sent];
  }

  webSocket() {
    const answer = { step: 'WS', result: 'pending', received: [], ended: false };
    this.answers.push(answer);
    const path = this.path('webSocket');
    const socket = this.generation.serve === serve06 ? new Draft75(this.port, path) : new WebSocket(`ws://127.0.0.1:${this.port}${path}`);
    this.sockets.push(socket);
    socket.on('open', () => (answer.result = '101'));
    socket.on('unexpected-response', (sent, response) => {
      answer.result = `${response.statusCode}`;
      sent.destroy();
    });
    socket.on('error', () => (answer.result = answer.result === 'pending' ? 'aborted' : answer.result));
    socket.on('message', (data) => {
      answer.received.push(data.toString());
      this.names.push(sid(data.toString()));
    });
    socket.on('close', () => (answer.ended = true));
  }

  /** Returns whether a body or a handshake is not answered yet. Only polls may stay unanswered. */
  isBusy() {
    return this.answers.some(({ step, result }) => step !== 'GET' && result === 'pending');
  }

  path(transport) {
    return this.generation[transport].replace('$sid', this.sid);
  }

  result() {
    return {
      answers: this.answers.map(({ step, result, received, ended }) =>
        received === undefined ? `${step}: ${plain(result)}` : [`${step}: ${result}`, ...received.map(plain), ...(ended && result === '101' ? ['closed'] : [])],
      ),
      closed: this.names.map((name) => closed.get(name)).find((reason) => reason) ?? (this.generation.isOpen(this.names[0]) ? null : 'closed'),
    };
  }

  end() {
    this.requests?.forEach((sent) => sent.destroy());
    this.sockets.forEach((socket) => socket.terminate());
  }
}

async function play(generation, port, name, steps) {
  const client = new Client(generation, port);
  await client.open();
  for (const step of steps) {
    client.run(step);
    await pause(client);
  }
  const result = { name, steps, ...client.result() };
  client.end();
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

/** Returns the session id of a handshake. */
const sid = (text) => /"sid":"([^"]*)"/.exec(text)?.[1] ?? /^~m~\d+~m~(\d{9,})/.exec(text)?.[1] ?? text.split(':')[0];

/** Ids are random. */
const plain = (text) => text.replace(/"sid":"[^"]*"/g, '"sid":"id"').replace(/~m~\d+~m~\d{9,}/g, '~m~2~m~id');

/** A text needs a WebSocket. */
const possible = (steps) => steps.every((step, i) => !step.startsWith('ws ') || steps.slice(0, i).includes('WS'));

const only = process.argv.slice(2);
for (const [name, generation] of Object.entries(GENERATIONS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const http = createServer();
  const close = generation.serve(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const scenarios = [];
  for (const [state, before] of Object.entries(generation.states)) {
    for (const first of generation.steps) {
      scenarios.push([`${state}: ${first}`, [...before, first]]);
      for (const second of generation.then) scenarios.push([`${state}: ${first} | ${second}`, [...before, first, second]]);
    }
  }
  const { handshake, polling, webSocket, joins, contentType } = generation;
  const list = [{ name: 'protocol', handshake, polling, webSocket, joins, contentType }];
  const played = scenarios.filter(([, steps]) => possible(steps));
  for (let i = 0; i < played.length; i += 100) {
    list.push(...(await Promise.all(played.slice(i, i + 100).map(([title, steps]) => agreed(generation, http.address().port, title, steps)))));
  }
  write(
    `${name}/sessions.json`,
    generation.packages,
    'Requests and packets of one client in each state of a session: answers has the response of each request, or what its WebSocket received; closed is the reason for which the server closed the session, or null.',
    list,
  );
  close();
  http.close();
}
process.exit(0);
