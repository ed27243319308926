// Copies the browser clients that Everwire serves, byte for byte, from their npm packages:
//   node pack.mjs <outputDirectory>  fills  <outputDirectory>/io/everwire/clientfiles/<client version>/
// A second run writes nothing: a file is only replaced when its bytes differ.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');

const JAVASCRIPT = 'application/javascript; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const OLD_JAVASCRIPT = 'text/javascript; charset=utf-8';
const FLASH = 'application/x-shockwave-flash';

// The licence in the two readmes of an 0.6 package: a heading, then the text up to the end of the file.
const LICENCE_HEADING = /^#{2,3} License *\r?\n/m;

/** The last clients of 1.x and of 2.x. */
const MIDDLE = ['socket.io-client-1', 'socket.io-client-2'];

/** The package that webpack 1 added to their bundles. */
const SHIM = 'process';

/** The 0.6 builds, by the version in the client, which differs from the version of its package. */
const OLD_BUILDS = ['0.6', '0.6.1', '0.6.2', '0.6.3'];

/** The first name of the file on their servers, which the scripts still request. The short name was added later. */
const OLD_FLASH_NAME = 'lib/vendor/web-socket-js/WebSocketMain.swf';

class Failure extends Error {}

function main([outputDirectory, ...rest]) {
  if (!outputDirectory || rest.length > 0) throw new Failure('usage: node pack.mjs <outputDirectory>');
  install();
  const root = join(resolve(outputDirectory), 'io', 'everwire', 'clientfiles');
  const files = new Map();
  const types = new Map();
  const aliases = new Map();
  collectModern(files, types);
  for (const build of OLD_BUILDS) collectOld(build, files, types, aliases);
  collect09(files, types);
  for (const client of MIDDLE) collectMiddle(client, files, types);
  files.set('index.properties', Buffer.from(index(types)));
  files.set('aliases.properties', Buffer.from(otherNames(aliases)));

  let written = 0;
  for (const [name, bytes] of files) if (writeIfChanged(join(root, name), bytes)) written++;
  const removed = removeStrangers(root, files);
  if (written + removed > 0) console.log(`client files: ${written} written, ${removed} removed, ${files.size} in all`);
}

function collectModern(files, types) {
  const version = JSON.parse(read('socket.io-client/package.json')).version;
  for (const kind of ['', '.min', '.esm.min', '.msgpack.min']) {
    const name = `socket.io${kind}.js`;
    for (const [file, type] of [[name, JAVASCRIPT], [`${name}.map`, JSON_TYPE]]) {
      files.set(`${version}/${file}`, read(`socket.io-client/dist/${file}`));
      types.set(`${version}/${file}`, type);
    }
  }
  // The bundle contains these packages as well; each came with its own notice.
  files.set(`${version}/LICENSE`, read('socket.io-client/LICENSE'));
  for (const inside of ['engine.io-client', 'engine.io-parser', 'socket.io-parser', '@socket.io/component-emitter', 'debug'])
    files.set(`${version}/LICENSE-${inside.replace('@', '').replace('/', '-')}`, read(`${inside}/LICENSE`));
  files.set(`${version}/LICENSE-ms`, read('ms/license.md'));
}

function collectOld(build, files, types, aliases) {
  const client = `socket.io-client-${build}/support/socket.io-client`;
  const flash = `${client}/lib/vendor/web-socket-js`;
  const script = read(`${client}/socket.io.js`);
  if (!script.includes(`version: '${build}'`)) throw new Failure(`the client in socket.io-client-${build} is another build`);
  files.set(`${build}/socket.io.js`, script);
  types.set(`${build}/socket.io.js`, OLD_JAVASCRIPT);
  files.set(`${build}/WebSocketMain.swf`, read(`${flash}/WebSocketMain.swf`));
  types.set(`${build}/WebSocketMain.swf`, FLASH);
  // All builds request this name right under the server's path, regardless of the path of their script. The last build is served.
  aliases.set(`${build}/${OLD_FLASH_NAME}`, `${build}/WebSocketMain.swf`);
  aliases.set(OLD_FLASH_NAME, `${build}/WebSocketMain.swf`);
  files.set(`${build}/LICENSE`, Buffer.from(oldLicence(build, client, flash)));
}

function collectMiddle(client, files, types) {
  const { version } = JSON.parse(read(`${client}/package.json`));
  // In 2.x, socket.io.js is the minified script. In 1.x it is the large one; the server of 1.x served the minified one instead.
  const small = version.startsWith('1.') ? ['socket.io.min.js'] : [];
  for (const file of ['socket.io.js', 'socket.io.js.map', ...small]) {
    files.set(`${version}/${file}`, read(`${client}/dist/${file}`));
    types.set(`${version}/${file}`, file.endsWith('.map') ? JSON_TYPE : JAVASCRIPT);
  }
  files.set(`${version}/LICENSE`, Buffer.from(together(inside(client))));
}

/** The client of 0.7 to 0.9 looks for its Flash files in this folder beside itself. */
function collect09(files, types) {
  const client = 'socket.io-client-0.9';
  const flash = `${client}/lib/vendor/web-socket-js`;
  const version = /build:([0-9.]+)/.exec(read(`${client}/dist/socket.io.js`).toString('utf8', 0, 200))[1];
  for (const file of ['socket.io.js', 'socket.io.min.js']) {
    files.set(`${version}/${file}`, read(`${client}/dist/${file}`));
    types.set(`${version}/${file}`, JAVASCRIPT);
  }
  for (const file of ['WebSocketMain.swf', 'WebSocketMainInsecure.swf']) {
    files.set(`${version}/static/flashsocket/${file}`, read(`${client}/dist/${file}`));
    types.set(`${version}/static/flashsocket/${file}`, FLASH);
  }
  files.set(`${version}/LICENSE`, Buffer.from(together([
    ['Socket.IO client', afterHeading(`${client}/README.md`)],
    ['web-socket-js (in socket.io.js and WebSocketMain*.swf)', leadingComments(`${flash}/web_socket.js`)],
    ['SWFObject (in socket.io.js)', leadingComments(`${flash}/swfobject.js`)],
  ])));
}

/** One text from the notices that an 0.6 package carries in its readmes and at the top of its sources. */
function oldLicence(build, client, flash) {
  const parts = [
    ['Socket.IO', afterHeading(`socket.io-client-${build}/README.md`)],
    ['Socket.IO client', afterHeading(`${client}/README.md`)],
    ['web-socket-js (in socket.io.js and WebSocketMain.swf)', leadingComments(`${flash}/web_socket.js`)],
    ['SWFObject (in socket.io.js)', leadingComments(`${flash}/swfobject.js`)],
  ];
  // Build 0.6.3 uses Flash without this bridge.
  if (build !== '0.6.3') parts.push(['FABridge (in socket.io.js and WebSocketMain.swf)', leadingComments(`${flash}/FABridge.js`)]);
  return together(parts);
}

/** The notices of a package and of all that it depends on, which its bundle contains; notices of packages for Node alone are included, too. */
function inside(client) {
  const parts = new Map();
  const visit = (folder) => {
    const { name, version, license, licenses, dependencies = {} } = JSON.parse(read(`${folder}/package.json`));
    const title = `${name} ${version}`;
    if (parts.has(title)) return;
    const file = readdirSync(join(modules, folder)).find((entry) => /^licen[sc]e/i.test(entry));
    const named = license ?? licenses?.[0]?.type ?? 'MIT';
    parts.set(title, file ? unix(read(`${folder}/${file}`).toString('utf8')) : readmeNotice(folder) ?? `Licence: ${named}`);
    for (const dependency of Object.keys(dependencies)) visit(resolved(folder, dependency));
  };
  visit(client);
  visit(SHIM);
  return [...parts];
}

/** Returns the folder in which Node finds a package that another package requires. */
function resolved(folder, name) {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = at === '.' ? name : `${at}/node_modules/${name}`;
    if (modified(join(modules, candidate, 'package.json')) >= 0) return candidate;
    if (at === '.') throw new Failure(`${name} is missing in node_modules; remove that directory and try again`);
  }
}

function readmeNotice(folder) {
  const file = readdirSync(join(modules, folder)).find((entry) => /^readme/i.test(entry));
  const text = file ? read(`${folder}/${file}`).toString('utf8') : '';
  const heading = /^#{1,3} *Licen[sc]e *\r?\n/im.exec(text);
  return heading ? unix(text.slice(heading.index + heading[0].length)) : null;
}

const together = (parts) => parts.map(([title, text]) => `${title}\n${'-'.repeat(title.length)}\n\n${text}\n`).join('\n');

function afterHeading(readme) {
  const text = read(readme).toString('utf8');
  const heading = LICENCE_HEADING.exec(text);
  if (!heading) throw new Failure(`no licence found in ${readme}`);
  return unix(text.slice(heading.index + heading[0].length));
}

function leadingComments(source) {
  const text = read(source).toString('utf8');
  const comment = /^(?:\/\*[\s\S]*?\*\/|(?:\/\/.*\r?\n)+)/.exec(text);
  if (!comment || !/licen[sc]e|permission/i.test(comment[0])) throw new Failure(`no licence found in ${source}`);
  return unix(comment[0]);
}

const unix = (text) => text.replaceAll('\r\n', '\n').trim();

function index(types) {
  const lines = [...types].map(([file, type]) => `${file}=${type}`);
  return `# <client version>/<file>=<content type>; the version is the ETag\n${lines.join('\n')}\n`;
}

function otherNames(aliases) {
  const lines = [...aliases].map(([name, file]) => `${name}=${file}`);
  return `# <other name>=<client version>/<file>\n${lines.join('\n')}\n`;
}

/** Runs npm if there is no installation, or the lock file has changed since. npm writes the marker last. */
function install() {
  const installed = modified(join(modules, '.package-lock.json'));
  if (installed >= modified(join(here, 'package-lock.json'))) return;
  console.log('client files: installing the packages with npm');
  const run = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  if (run.error?.code === 'ENOENT') throw new Failure('npm was not found; install Node.js 18 or newer with npm');
  if (run.error) throw new Failure(`npm could not be started: ${run.error.message}`);
  if (run.status !== 0) throw new Failure(`npm ci failed (${firstErrors(run.stderr) || `exit code ${run.status}`})`);
}

function firstErrors(stderr) {
  const errors = stderr.split(/\r?\n/).map((line) => /^npm (?:error|ERR!) (.*\S)/.exec(line)?.[1]);
  return errors.filter(Boolean).slice(0, 2).join(': ');
}

function read(name) {
  try {
    return readFileSync(join(modules, name));
  } catch {
    throw new Failure(`${name} is missing in node_modules; remove that directory and try again`);
  }
}

function writeIfChanged(path, bytes) {
  try {
    if (readFileSync(path).equals(bytes)) return false;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, bytes);
  return true;
}

/** Removes files of an earlier run from the directory of a version. */
function removeStrangers(root, files) {
  let removed = 0;
  for (const version of readdirSync(root).filter((name) => /^\d/.test(name)))
    for (const { name, parentPath, path } of readdirSync(join(root, version), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())) {
      const file = join(parentPath ?? path, name);
      if (!files.has(relative(root, file).replaceAll(sep, '/'))) {
        rmSync(file);
        removed++;
      }
    }
  return removed;
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

try {
  main(process.argv.slice(2));
} catch (failure) {
  if (!(failure instanceof Failure)) throw failure;
  console.error(`client files: ${failure.message}`);
  process.exitCode = 1;
}
