// Runs real clients for the tests: official Node clients, and pages in headless Chromium.
// One JSON object per line. In: {id, do, …}. Out: {id, ok} or {id, error}, and {from, event, args} for events of clients.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import io09 from 'socket.io-client-0.9';
import { installFlash } from './flash.mjs';
import { follow, followed } from './room.mjs';
import { play } from './sequences.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
  // Names of the documentation lead to this machine.
  '--host-resolver-rules=MAP *.example 127.0.0.1'];

// The time for everything that must happen, in milliseconds: enough for a busy machine.
const PATIENCE = 60000;

const require = createRequire(import.meta.url);
const clients = new Map();
const counted = new Map();
const pages = new Map();
let browser;
let profile;

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const tell = (from, event, ...args) => say({ from, event, args });
const client = ({ name }) => clients.get(name) ?? fail(`no client ${name}`);
const page = ({ name }) => pages.get(name) ?? fail(`no page ${name}`);

function fail(message) {
  throw new Error(message);
}

// Counts numbered events and reports every hundredth: reporting each would be too slow.
function isReported(name, event, number) {
  if (!counted.has(name)) counted.set(name, {});
  const counts = counted.get(name);
  const next = counts[event] ?? 0;
  counts[event] = number === next ? next + 1 : NaN;
  return number % 100 === 0;
}

function listen(name, socket) {
  clients.set(name, socket);
  socket.on('connect', () => tell(name, 'connect', socket.id));
  socket.on('connect_error', ({ message, data }) => tell(name, 'connect_error', message, ...(data === undefined ? [] : [data])));
  socket.on('disconnect', (reason) => tell(name, 'disconnect', reason));
  socket.onAny((event, ...args) => {
    if (event.startsWith('from ') && !isReported(name, event, args[0])) return;
    const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    tell(name, event, ...args);
    ack?.('answer to', event, ...args);
  });
  return socket;
}

const actions = {
  // A client since 3.0: 4.8.4, or another by the suffix of its package name.
  open({ name, version, url, options }) {
    const connect = version ? require(`socket.io-client-${version}`).io : io;
    const parser = options.parser ? { parser: require(options.parser) } : {};
    const socket = listen(name, connect(url, { reconnection: false, forceNew: true, timeout: PATIENCE, ...options, ...parser }));
    socket.io.engine.on('upgrade', (transport) => tell(name, 'upgrade', transport.name));
  },
  // The Engine.IO client inside a Socket.IO client.
  openEngine({ name, version, url, options }) {
    const inside = createRequire(require.resolve(version ? `socket.io-client-${version}` : 'socket.io-client'));
    const engine = inside('engine.io-client');
    const socket = new (engine.Socket ?? engine)(url, options);
    clients.set(name, socket);
    socket.binaryType = 'arraybuffer';
    socket.on('open', () => tell(name, 'open', socket.transport.name));
    socket.on('upgrade', (transport) => tell(name, 'upgrade', transport.name));
    // For these clients an empty text is undefined.
    socket.on('message', (data = '') => tell(name, 'message', typeof data === 'string' ? data : [...new Uint8Array(data)]));
    socket.on('close', (reason) => tell(name, 'close', reason));
  },
  sendEngine: (order) => void client(order).send(order.bytes ? Uint8Array.from(order.bytes).buffer : order.text),
  // Joins another namespace on the connection of a client.
  join: (order) => void listen(order.name, clients.get(order.of).io.socket(order.namespace, { auth: order.auth })),
  // Joins, leaves and joins again in one tick, as React's StrictMode does.
  joinTwice({ of, name, namespace }) {
    const socket = listen(name, clients.get(of).io.socket(namespace));
    socket.connect();
    socket.disconnect();
    socket.connect();
  },
  // A sequence of calls of two clients: 4.8.4, 2.5.0 or 0.9.17.
  sequence: (order) => play(order, order.version === '0.9.17' ? { io09 }
    : { connect: order.version === '4.8.4' ? io : require(`socket.io-client-${order.version}`) }),
  // A client before 3.0, by its version. It has neither onAny nor promises.
  openBefore3({ name, version, url, options }) {
    const socket = require(`socket.io-client-${version}`)(url, { reconnection: false, forceNew: true, timeout: PATIENCE, ...options });
    clients.set(name, socket);
    for (const event of ['connect', 'error', 'disconnect']) socket.on(event, (...args) => tell(name, event, ...args));
    socket.on('connect_error', ({ message }) => tell(name, 'connect_error', message));
    socket.io.engine.on('upgrade', (transport) => tell(name, 'upgrade', transport.name));
    for (const event of ['echo', 'bytes', 'question', 'message', 'news', 'ask']) {
      socket.on(event, (...args) => {
        const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
        tell(name, event, ...args);
        ack?.('answer to', event, ...args);
      });
    }
  },
  // Without a timeout, because clients have it only since 4.4. Bytes arrive as a list of numbers.
  callBefore3: (order) => new Promise((resolve) => client(order).emit(order.event, ...order.args, resolve)),
  callBytes: (order) => new Promise((resolve) => client(order).emit(order.event, Buffer.from(order.bytes), resolve)),
  emitBytes: (order) => void client(order).emit(order.event, Buffer.from(order.bytes)),
  // Loses the connection: a WebSocket without a close frame; a polling client notifies the server.
  lose(order) {
    const { engine } = client(order).io;
    if (engine.transport.ws) engine.transport.ws.terminate();
    else engine.close();
  },
  reopen: (order) => void client(order).connect(),
  recovered: (order) => client(order).recovered ?? false,
  // Returns the number of events "from …" that arrived in order from 0 on, by name; NaN after a gap.
  counted: (order) => counted.get(order.name) ?? {},
  // Runs a sample of the documentation, a function of a file in guide/, with the test's address. Reports its log lines.
  async sample({ name, file, sample, url, given }) {
    const run = (await import(`./guide/${file}.mjs`))[sample] ?? fail(`no sample ${sample} in ${file}`);
    const opened = [];
    clients.set(name, { close: () => opened.forEach((socket) => socket.close()), get io() { return opened[0].io; } });
    const connect = (address, options) => {
      const socket = io(address.replace('http://localhost:8080', url), { forceNew: true, ...options });
      opened.push(socket);
      return socket;
    };
    await run({ io: connect, console: { log: (...args) => tell(name, 'log', ...args) } }, given);
  },
  // Stops reading from the WebSocket of a client.
  hold: (order) => void client(order).io.engine.transport.ws._socket.pause(),
  resume: (order) => void client(order).io.engine.transport.ws?._socket?.resume(),
  // Waits until the connection of a client has ended, which may be after its event "disconnect".
  async closed(order) {
    const { io: manager } = client(order);
    // The name of the field since 3.0, and before. The engine may end later, and would end a new connection too.
    const ended = () => (manager._readyState ?? manager.readyState) === 'closed' && manager.engine.readyState === 'closed';
    while (!ended()) await new Promise((resolve) => setTimeout(resolve, 5));
  },
  // Checks and sends the numbered events of a room.
  follow: (order) => follow(order.name, client(order)),
  followed: (order) => followed(order.name),
  cut: (order) => void client(order).io.engine.transport.ws?._socket?.destroy(),
  transport: (order) => client(order).io.engine.transport.name,
  extensions: (order) => client(order).io.engine.transport.ws.extensions,
  emit: (order) => void client(order).emit(order.event, ...order.args),
  call: (order) => client(order).timeout(PATIENCE).emitWithAck(order.event, ...order.args),
  // The error of a call that the server does not answer. Only the client's own time passes.
  unanswered: (order) => client(order).timeout(200).emitWithAck(order.event, ...order.args)
    .then((answer) => `answered: ${JSON.stringify(answer)}`, (error) => error.message),
  close: (order) => void client(order).close(),

  // This client merges the option "transports" into its own list, element by element, so the list itself must be changed.
  open09({ name, url, transports, options }) {
    io09.transports.splice(0, Infinity, ...transports);
    const socket = io09.connect(url, { reconnect: false, 'force new connection': true, 'connect timeout': PATIENCE, ...options });
    clients.set(name, socket);
    socket.on('connect', () => tell(name, 'connect', socket.socket.transport.name));
    socket.on('connect_failed', (reason) => tell(name, 'connect_failed', reason));
    socket.on('disconnect', (reason) => tell(name, 'disconnect', reason));
    socket.on('error', (error) => tell(name, 'error', String(error)));
    socket.on('message', (message) => tell(name, 'message', message));
    socket.on('news', (...args) => tell(name, 'news', ...args));
    socket.on('ask', (question, answer) => answer('answer to', question));
  },
  send09: (order) => void client(order).send(order.text),
  json09: (order) => void client(order).json.send(order.value),
  call09: (order) => new Promise((resolve) => client(order).emit(order.event, ...order.args, resolve)),
  // This client queues data while its POST is pending, and discards the queue when it disconnects.
  async disconnect09(order) {
    while (client(order).socket.doBuffer) await new Promise((resolve) => setTimeout(resolve, 5));
    client(order).disconnect();
  },

  async page({ name, url, width = 900, height = 700, dark = false }) {
    const context = (await chromium()).contexts()[0];
    const opened = await context.newPage();
    pages.set(name, opened);
    opened.on('pageerror', (error) => tell(name, 'pageerror', error.message));
    opened.on('dialog', (dialog) => { tell(name, 'dialog', dialog.message()); dialog.dismiss(); });
    await opened.setViewportSize({ width, height });
    await opened.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    // Not "load": a forever iframe or a JSON-P poll that began before delays this event until its end.
    await opened.goto(url, { waitUntil: 'domcontentloaded' });
  },
  // Installs Flash for pages that are opened later. Returns the port of the relay for their configuration.
  flash: async () => installFlash((await chromium()).contexts()[0]),
  evaluate: (order) => page(order).evaluate(order.script),
  // Polls from outside: the driver's own wait runs code in the page, which the page's policy forbids.
  async waitFor(order) {
    const deadline = Date.now() + PATIENCE;
    while (!await page(order).evaluate(order.script)) {
      if (Date.now() > deadline) fail(`never became true: ${order.script}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
  fill: (order) => page(order).fill(order.selector, order.text),
  press: (order) => page(order).press(order.selector, order.key),
  screenshot: async (order) => void await page(order).screenshot({ path: order.path }),
  closePage: async (order) => { await page(order).close(); pages.delete(order.name); },
};

async function chromium() {
  if (!browser) {
    const { chromium: engine } = await import('playwright-core');
    profile = mkdtempSync(join(tmpdir(), 'everwire-chromium-'));
    browser = engine.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS, headless: true })
      .then((context) => ({ contexts: () => [context], close: () => context.close() }));
  }
  return browser;
}

async function leave() {
  for (const socket of clients.values()) (socket.close ?? socket.disconnect).call(socket);
  if (browser) await (await browser).close().catch(() => {});
  if (profile) rmSync(profile, { recursive: true, force: true });
  process.exit(0);
}

createInterface({ input: process.stdin }).on('line', async (text) => {
  const order = JSON.parse(text);
  try {
    const action = actions[order.do] ?? fail(`cannot ${order.do}`);
    say({ id: order.id, ok: (await action(order)) ?? null });
  } catch (error) {
    say({ id: order.id, error: String(error.message ?? error) });
  }
}).on('close', leave);
