// Connects to the started chat of examples/spring-boot and checks its answers:
//   node check-boot.mjs <url> [--login]
// --login: the application has form login; without it, the chat has guests. Waits 90 s at most for the project to start.
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';

const [url, ...flags] = process.argv.slice(2);
const deadline = Date.now() + 90_000;
const cookies = new Map();

function fail(reason) {
  console.error(`${url}: ${reason}`);
  process.exit(1);
}

function equal(found, expected, name) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    fail(`${name} is ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

// As a browser: keeps cookies, but does not follow redirections.
async function page(path, options = {}) {
  for (;;) {
    try {
      const response = await fetch(url + path, { redirect: 'manual', ...options, headers: { ...options.headers, cookie: cookie() } });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        cookies.set(name, value);
      }
      return response;
    } catch (error) {
      if (Date.now() > deadline) fail(`no answer from ${path}: ${error.cause ?? error}`);
      await pause(200);
    }
  }
}

async function login(username) {
  const form = await (await page('/login')).text();
  const token = /name="_csrf"[^>]*value="([^"]+)"/.exec(form)?.[1] ?? fail('the page has no CSRF token');
  const answer = await page('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username, password: 'secret', _csrf: token }),
  });
  equal([answer.status, new URL(answer.headers.get('location'), url).pathname], [302, '/'], 'the login');
}

async function connect(options) {
  const socket = io(url, { timeout: 20_000, extraHeaders: { cookie: cookie() }, ...options });
  socket.on('connect_error', (error) => console.error(`${url}: ${error.message}`));
  const [name] = await new Promise((resolve) => socket.once('welcome', (...values) => resolve(values)));
  return { socket, name };
}

setTimeout(() => fail('no answer in 120 s'), 120_000).unref();
const secured = flags.includes('--login');
if (secured) {
  equal((await page('/')).status, 302, 'the status of the page without a login');
  await login('ann');
}
const index = await page('/');
equal([index.status, (await index.text()).includes('socket.io.js')], [200, true], 'the page');
const ann = await connect({ transports: ['polling'] });
cookies.clear();
if (secured) await login('bob');
const bob = await connect({ transports: ['websocket'] });
if (secured) equal([ann.name, bob.name], ['ann', 'bob'], 'the names');

const said = new Promise((resolve) => ann.socket.once('said', resolve));
const own = await bob.socket.emitWithAck('say', { room: 'lobby', text: 'hello' });
equal([own.name, own.text], [bob.name, 'hello'], 'the ack');
equal((await said).text, 'hello', 'the message');
const wrong = await bob.socket.emitWithAck('say', { room: 'lobby', text: ' ' });
equal(wrong, { error: 'bad_arguments', message: 'the arguments are not valid', data: [{ field: 'text', message: 'must not be blank' }] }, 'the ack of an empty message');
if (secured)
  equal(await bob.socket.emitWithAck('announce', 'no'), { error: 'refused', message: 'access denied' }, 'the ack of a forbidden event');
const online = await (await page('/api/online')).json();
equal([online.rooms.lobby, online.sessions.eio4.polling, online.sessions.eio4.websocket], [2, 1, 1], 'the people and sessions');
const health = await (await page('/actuator/health')).json();
equal(health.components.everwire.status, 'UP', 'the health');
const events = await (await page('/actuator/metrics/everwire.events?tag=event:say')).json();
if (!(events.measurements[0].value >= 2)) fail(`the meter of events is ${JSON.stringify(events)}`);
ann.socket.close();
bob.socket.close();
console.log('the chat got its answers');
process.exit(0);
