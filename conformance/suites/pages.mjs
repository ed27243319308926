// Serves the pages that run suites in Chromium: our cases with a client, and the suites that old clients brought with them.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript' };
const CLIENT_FILES = {
  'socket.io-client': 'dist/socket.io.js',
  'socket.io-client-2': 'dist/socket.io.js',
  'engine.io-client': 'dist/engine.io.js',
  'engine.io-client-3': 'engine.io.js',
};

const page = (...scripts) => `<!doctype html><meta charset="utf-8"><title>suite</title><body>${scripts.join('')}</body>`;
const script = (file) => `<script src="${file}"></script>`;
const code = (text) => `<script type="module">${text}</script>`;

// Our cases. The results are in window.results.
export const ours = ({ client, version, transports, url }) => page(
  script(`/packages/${client}/${CLIENT_FILES[client]}`),
  code(`
    import { runCases } from '/suites/cases.mjs';
    import { cases } from '/suites/${client.startsWith('engine') ? 'engineio' : 'socketio'}.mjs';
    // The file of engine.io-client 6 has a function instead of the class.
    const socket = function (...args) { return window.eio(...args); };
    window.results = {};
    window.done = await runCases(cases({
      io: window.io, Socket: window.eio?.Socket ?? socket, version: ${version}, url: '${url}', browser: true,
      options: { transports: ${JSON.stringify(transports)} },
    }), window.results);`),
);

// The suite of socket.io-client 0.7 to 0.9: modules whose properties are the cases.
export const of2011 = ({ ports }) => page(
  script('/socket.io/socket.io.js'),
  script('/packages/socket.io-client-0.8/support/should.js'),
  code(`
    const ports = ${JSON.stringify(ports)};
    const results = {};
    let current;
    window.uri = () => 'http://localhost:' + ports[current];
    const opened = [];
    window.create = (path = '') => {
      const socket = io.connect(uri() + path);
      opened.push(socket);
      return socket;
    };
    window.results = results;
    for (const file of ['io', 'parser', 'util', 'events', 'socket']) {
      window.module = {};
      await new Promise((resolve) => {
        const script = document.createElement('script');
        script.src = '/test/' + file + '.test.js';
        script.onload = resolve;
        document.body.append(script);
      });
      for (const [name, run] of Object.entries(window.module.exports)) {
        current = name;
        results[file + ': ' + name] = await new Promise((resolve) => {
          const timer = setTimeout(() => resolve('not done in 10 s'), 10_000); // the original waits for 2 s
          window.onerror = (message) => resolve(message);
          const done = () => (clearTimeout(timer), resolve(null));
          try {
            run(done);
            if (run.length === 0) done();
          } catch (error) {
            resolve(error.message);
          }
        });
        // The suite leaves some of its sockets open, and a client that fails reconnects without end.
        opened.splice(0).forEach(({ socket }) => {
          socket.options.reconnect = false;
          try {
            socket.disconnect();
          } catch {
            // a check of the case that has failed already
          }
        });
      }
    }
    window.done = true;`),
);

// The suite of engine.io-client 0.7, for mocha: modules that require others.
export const of2013 = ({ url }) => page(
  '<div id="mocha"></div>',
  script('/packages/mocha/mocha.js'),
  script('/packages/expect.js/index.js'),
  script('/packages/engine.io-client-0.7/engine.io.js'),
  code(`
    mocha.setup({ ui: 'bdd', timeout: 10_000 });
    const { hostname, port } = new URL('${url}');
    const Socket = function (...args) { return new eio.Socket(...(args.length ? args : [{ hostname, port }])); };
    const provided = { 'expect.js': expect, '../': { ...eio, Socket }, './support/env': { browser: true } };
    for (const file of ['engine.io-client', 'util', 'parser', 'socket', 'transport', 'connection']) {
      const source = await (await fetch('/test/' + file + '.js')).text();
      new Function('require', 'module', 'exports', source)((name) => provided[name], {}, {});
    }
    const results = {};
    window.results = results;
    mocha.run(() => (window.done = true))
      .on('pass', (test) => (results[test.fullTitle()] = null))
      .on('fail', (test, error) => (results[test.fullTitle()] = error.message));`),
);

// Serves a page at /, and the files that it needs. folder is the package of an old client.
export async function serve(html, packages, suites, folder = '') {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const files = {
      '/packages/': join(packages, 'node_modules'),
      '/suites/': suites,
      '/test/': join(packages, 'node_modules', folder, 'test'),
      '/socket.io/': join(packages, 'node_modules', folder, 'dist'),
    };
    const prefix = Object.keys(files).find((begin) => path.startsWith(begin));
    try {
      const content = prefix ? await readFile(join(files[prefix], path.slice(prefix.length))) : path === '/' ? html : null;
      response.writeHead(content === null ? 404 : 200, { 'Content-Type': TYPES[path.split('.').pop()] ?? TYPES.html });
      response.end(content ?? '');
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}
