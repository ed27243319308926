// Connects to a started project, emits, and checks the answers:
//   node check.mjs <url> [--move] [--unit] [--page <url>]
// --move: an object makes the round trip through a record or data class. --unit: the ack of a function of Kotlin without a result
// is empty. --page: this page answers 200, such as one of Tomcat beside the server. Waits 90 s at most for the project to start.
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';

const [url, ...flags] = process.argv.slice(2);
const deadline = Date.now() + 90_000;

function fail(reason) {
  console.error(`${url}: ${reason}`);
  process.exit(1);
}

function equal(found, expected, name) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    fail(`${name} is ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

async function response(page) {
  for (;;) {
    try {
      return await fetch(page);
    } catch (error) {
      if (Date.now() > deadline) fail(`no answer from ${page}: ${error.cause ?? error}`);
      await pause(200);
    }
  }
}

const script = await response(`${url}/socket.io/socket.io.js`);
equal(script.status, 200, 'the status of socket.io.js');
if (!(await script.text()).includes('Socket.IO v')) fail('socket.io.js is another script');

const socket = io(url, { timeout: 20_000 });
setTimeout(() => fail('no answer in 60 s'), 60_000).unref();
socket.on('connect_error', (error) => console.error(`${url}: ${error.message}`));
const said = new Promise((resolve) => socket.on('said', resolve));
const welcome = new Promise((resolve) => socket.on('welcome', resolve));
equal(await welcome, `your id is ${socket.id}`, 'the welcome');
socket.emit('say', 'hello');
equal(await said, 'hello', 'the event said');
equal(await socket.emitWithAck('add', 3, 4), 7, 'the ack of add');
if (flags.includes('--unit')) {
  const values = await new Promise((resolve) => socket.emit('touch', 'Ann', (...answer) => resolve(answer)));
  equal(values, [], 'the ack of a function without a result');
}
if (flags.includes('--move')) equal(await socket.emitWithAck('move', { x: 1, y: 2 }), { x: 2, y: 3 }, 'the ack of move');
const page = flags[flags.indexOf('--page') + 1];
if (flags.includes('--page')) {
  const online = await response(page);
  equal([online.status, await online.text()], [200, '1'], page);
}
socket.close();
console.log('the client got its answers');
process.exit(0);
