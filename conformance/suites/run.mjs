// Runs the suites of official clients against the original server and against Everwire, and writes docs/suites.md.
// run.mjs ROOT PACKAGES [name…] -- JAVA ARGUMENT…, where the Java arguments start ConformanceServer.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { of2011, of2013, ours, serve } from './pages.mjs';

const args = process.argv.slice(2);
const [root, packages, ...wanted] = args.slice(0, args.indexOf('--'));
const java = args.slice(args.indexOf('--') + 1);
const require = createRequire(packages + '/');
const suites = join(root, 'conformance/suites');
const document = join(root, 'docs/suites.md');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const LIMIT_MILLIS = 120_000;

const versionOf = (name) => JSON.parse(readFileSync(join(packages, 'node_modules', name, 'package.json'))).version;

// --- rows of the table -----------------------------------------------------------------------------------------------

const TRANSPORTS = { polling: ['polling'], WebSocket: ['websocket'], upgrade: ['polling', 'websocket'] };

function* rows() {
  for (const client of ['socket.io-client-0.7', 'socket.io-client-0.8', 'socket.io-client-0.9']) {
    for (const transport of ['websocket', 'xhr-polling', 'jsonp-polling']) {
      yield { client, server: 'client09', reference: 'socket.io-0.9', environment: 'Chromium', transport, page: of2011, own: true };
    }
  }
  yield {
    client: 'engine.io-client-0.7', server: 'engineclient3', reference: 'engine.io-1',
    environment: 'Chromium', transport: 'upgrade', page: of2013, own: true,
  };
  const clients = [
    { client: 'socket.io-client-2', version: 2, server: 'client2', reference: 'socket.io-2' },
    { client: 'socket.io-client', version: 4, server: 'client4', reference: 'socket.io' },
    { client: 'engine.io-client-3', version: 3, server: 'engineclient3', reference: 'engine.io-3' },
    { client: 'engine.io-client', version: 6, server: 'engineclient4', reference: 'engine.io' },
  ];
  for (const client of clients) {
    for (const environment of ['Node', 'Chromium']) {
      for (const [transport, transports] of Object.entries(TRANSPORTS)) {
        yield { ...client, environment, transport, transports, page: ours };
      }
    }
    if (client.version >= 4) {
      yield { ...client, environment: 'Node', transport: 'polling (fetch)', transports: ['polling'], implementation: 'fetch' };
      if (globalThis.WebSocket) {
        const builtIn = { transports: ['websocket'], implementation: 'builtin' };
        yield { ...client, environment: 'Node', transport: 'WebSocket (built-in)', ...builtIn };
      }
    }
  }
}

// --- servers ---------------------------------------------------------------------------------------------------------

// Starts a process that prints its ports as JSON on its first line.
async function start(command, ...rest) {
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', process.env.DEBUG ? 'inherit' : 'ignore'], env: { ...process.env, EVERWIRE_PACKAGES: packages } });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (status) => reject(new Error(`${command} ended with status ${status}`)));
    child.once('error', reject);
  });
  child.removeAllListeners('exit');
  return { child, ports: JSON.parse(line) };
}

const startReference = ({ server, transport, reference }) =>
  start(process.execPath, join(suites, 'reference.cjs'), server, reference, transport);

const startEverwire = ({ server, transport }) =>
  start(java[0], ...java.slice(1), '--json', '0', server, ...(server === 'client09' ? ['--transport', transport] : []));

async function stop({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

// --- runs ------------------------------------------------------------------------------------------------------------

let browser;

async function runInChromium(row, ports) {
  const { chromium } = require('playwright-core');
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  const url = `http://localhost:${Object.values(ports)[0]}`;
  const site = await serve(row.page({ ...row, url, ports }), packages, suites, row.client);
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${site.address().port}/`);
    await page.waitForFunction(() => window.done, null, { timeout: LIMIT_MILLIS }).catch(() => {});
    return await page.evaluate(() => window.results);
  } finally {
    await context.close();
    site.closeAllConnections();
    site.close();
  }
}

async function runInNode({ client, version, transports, implementation }, ports) {
  const url = `http://localhost:${Object.values(ports)[0]}`;
  const order = JSON.stringify({ client, version, transports, implementation });
  const child = spawn(process.execPath, [join(suites, 'node.mjs'), url, order], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, EVERWIRE_PACKAGES: packages },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MILLIS);
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  clearTimeout(timer);
  return JSON.parse(text);
}

async function runWith(starter, row) {
  const server = await starter(row);
  try {
    return await (row.environment === 'Node' ? runInNode : runInChromium)(row, server.ports);
  } finally {
    await stop(server);
  }
}

// --- the table -------------------------------------------------------------------------------------------------------

const nameOf = (name) => `${require(join(packages, 'node_modules', name, 'package.json')).name} ${versionOf(name)}`;
const titleOf = (row) => `${nameOf(row.client)}, ${row.environment}, ${row.transport}`;
const passed = (results) => Object.values(results).filter((reason) => reason === null).length;

// Compares the results of a row. A case that ran on one server only has no result on the other.
function compared(row, reference, everwire) {
  const failures = [];
  for (const name of new Set([...Object.keys(reference), ...Object.keys(everwire)])) {
    const [there, here] = [reference[name], everwire[name]];
    if (there === null && here === null) continue;
    const text = (result) => (result === undefined ? 'did not run' : (result ?? 'passed').split('. ')[0].slice(0, 120));
    failures.push({ row, name, there: text(there), here: text(here), differs: (there === null) !== (here === null) });
  }
  const suite = row.own ? 'its own' : 'ours';
  const cases = new Set([...Object.keys(reference), ...Object.keys(everwire)]).size;
  const cells = [nameOf(row.client), suite, row.environment, row.transport, nameOf(row.reference), cases, passed(reference), passed(everwire)];
  return { line: `| ${cells.join(' | ')} |`, failures };
}

const HEAD = `| client | suite | in | transport | reference | cases | passed by the reference | passed by Everwire |
|---|---|---|---|---|---|---|---|`;

function list(failures) {
  if (failures.length === 0) return 'None.';
  return failures.map(({ row, name, there, here }) => `- ${titleOf(row)}: \`${name}\`. Reference: ${there}. Everwire: ${here}.`).join('\n');
}

function replaceSection(text, name, content) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  return text.slice(0, text.indexOf(begin) + begin.length) + `\n${content}\n` + text.slice(text.indexOf(end));
}

const lines = [];
const failures = [];
console.log(HEAD);
for (const row of rows()) {
  if (wanted.length > 0 && !wanted.some((name) => titleOf(row).includes(name))) continue;
  const [reference, everwire] = await Promise.all([runWith(startReference, row), runWith(startEverwire, row)]);
  const result = compared(row, reference, everwire);
  console.log(result.line);
  if (result.failures.length > 0) console.log(list(result.failures));
  lines.push(result.line);
  failures.push(...result.failures);
}
await (await browser)?.close();

const different = failures.filter(({ differs }) => differs);
const alike = failures.filter(({ differs }) => !differs);
console.log(`\n${different.length} cases have another result on Everwire; ${alike.length} fail on both.`);
if (wanted.length === 0) {
  const versions = `Node ${process.versions.node}; ${(await run(CHROMIUM, '--version')).replace(/ built on.*/, '')}.`;
  let text = readFileSync(document, 'utf8');
  text = replaceSection(text, 'versions', versions);
  text = replaceSection(text, 'results', [HEAD, ...lines].join('\n'));
  text = replaceSection(text, 'differences', list(different));
  text = replaceSection(text, 'failures of both', list(alike));
  writeFileSync(document, text);
}
// What Everwire passes and the original does not is no failure.
process.exit(different.some(({ here }) => here !== 'passed') ? 1 : 0);

async function run(command, ...rest) {
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return text.trim();
}
