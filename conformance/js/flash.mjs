// Flash for a page in Chromium: Ruffle runs the original WebSocketMain.swf, unmodified. Its files are from npm, under /ruffle/ of
// any server. Pages have no TCP, so each socket uses a relay on loopback.
import { connect } from 'node:net';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WebSocketServer } from 'ws';

const RUFFLE = dirname(createRequire(import.meta.url).resolve('@ruffle-rs/ruffle/ruffle.js'));
const TYPES = { js: 'text/javascript', wasm: 'application/wasm', map: 'application/json' };

/** Serves Ruffle to all pages of a browser's context and starts the relay; returns its port. */
export async function installFlash(context) {
  const files = new Set(readdirSync(RUFFLE));
  await context.route('**/ruffle/*', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    if (!files.has(name)) return route.fulfill({ status: 404 });
    let body = readFileSync(join(RUFFLE, name));
    // The movie replaces the page's WebSocket. The page keeps the browser's WebSocket under this name, for Ruffle's relay.
    if (name.startsWith('core.') && name.endsWith('.js')) body = body.toString().replaceAll('new WebSocket(', 'new NativeWebSocket(');
    return route.fulfill({ contentType: TYPES[name.split('.').at(-1)] ?? 'text/plain', body });
  });
  return relay();
}

/** A WebSocket to ?port=… here becomes a TCP connection to that port of loopback. */
function relay() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (line, request) => {
    const tcp = connect(Number(new URL(request.url, 'http://relay').searchParams.get('port')), '127.0.0.1');
    tcp.on('data', (bytes) => line.send(bytes));
    tcp.on('close', () => line.close());
    tcp.on('error', () => line.close());
    line.on('message', (bytes) => tcp.write(bytes));
    line.on('close', () => tcp.end());
  });
  return new Promise((resolve) => server.on('listening', () => resolve(server.address().port)));
}
