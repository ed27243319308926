// Runs the public suites of the protocols against each host, and writes their table in docs/suites.md.
// protocols.mjs ROOT FOLDER [host…] -- JAVA ARGUMENT…, where FOLDER/<suite> has each suite with its packages, and the Java arguments
// start ConformanceServer.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
const [root, folder, ...wanted] = args.slice(0, args.indexOf('--'));
const java = args.slice(args.indexOf('--') + 1);
const document = join(root, 'docs/suites.md');

const SUITES = { engine4: 'Engine.IO 4', engine3: 'Engine.IO 3', socket5: 'Socket.IO 5' };
const HOSTS = { netty: 'Netty', tomcat: 'Tomcat 11', jetty: 'Jetty 12.1', undertow: 'Undertow 2.3', webflux: 'Reactor Netty 1.3, WebFlux' };
// The cases have times of 200 ms: on a busy machine, some fail that pass in the next run.
const TRIES = 3;
const ADDRESS = 'http://localhost:3000';

async function output(child) {
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return text;
}

// Starts a server on a free port: port 3000 of the suites may be in use.
async function start(host, suite) {
  const child = spawn(java[0], [...java.slice(1), '--json', '--host', host, '0', suite], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (status) => reject(new Error(`the server ended with status ${status}`)));
  });
  child.removeAllListeners('exit');
  return { child, port: JSON.parse(line)[suite] };
}

// The suite as it is, but with the address of the server.
async function run(suite, port) {
  const tests = join(folder, suite);
  const text = readFileSync(join(tests, 'test-suite.js'), 'utf8');
  if (!text.includes(ADDRESS)) throw new Error(`${tests} does not name ${ADDRESS}`);
  writeFileSync(join(tests, 'test-suite.port.js'), text.replaceAll(ADDRESS, `http://127.0.0.1:${port}`));
  const mocha = join(tests, 'node_modules/mocha/bin/mocha');
  const child = spawn(process.execPath, [mocha, '--reporter', 'json', '--exit', 'test-suite.port.js'], { cwd: tests, stdio: ['ignore', 'pipe', 'inherit'] });
  const result = await output(child);
  return JSON.parse(result.slice(result.indexOf('{\n  "stats"')));
}

// Runs a suite against a server of its own.
async function played(host, suite) {
  const { child, port } = await start(host, suite);
  try {
    return await run(suite, port);
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}

const rows = [];
const failures = [];
for (const [host, title] of Object.entries(HOSTS)) {
  if (wanted.length > 0 && !wanted.includes(host)) continue;
  const cells = [];
  for (const [suite, name] of Object.entries(SUITES)) {
    let failed;
    let cases;
    for (let left = TRIES; left > 0 && failed?.size !== 0; left--) {
      const { stats, failures: those } = await played(host, suite);
      cases = stats.tests - stats.pending;
      const again = new Map(those.map(({ fullTitle, err }) => [fullTitle, String(err.message).split('\n')[0]]));
      failed = failed === undefined ? again : new Map([...again].filter(([title]) => failed.has(title)));
    }
    cells.push(`${cases - failed.size} of ${cases}`);
    failures.push(...[...failed].map(([title, reason]) => `- ${HOSTS[host]}, ${name}: \`${title}\`. ${reason}`));
  }
  rows.push(`| ${title} | ${cells.join(' | ')} |`);
  console.log(rows.at(-1));
}
const table = [`| host | ${Object.values(SUITES).join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
const list = failures.length === 0 ? 'No case fails.' : failures.join('\n');
console.log(list);
if (wanted.length === 0) {
  const text = readFileSync(document, 'utf8');
  const [begin, end] = ['<!-- protocols -->', '<!-- end of protocols -->'];
  writeFileSync(document, text.slice(0, text.indexOf(begin) + begin.length) + `\n${table}\n\n${list}\n` + text.slice(text.indexOf(end)));
}
process.exit(failures.length === 0 ? 0 : 1);
