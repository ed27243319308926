// Starts the chat of examples/spring-boot, and uses its page in Chromium as a person does:
//   node browse-boot.mjs <port> [--login] [--tls] [--screenshots=<folder>] -- <command…>
// --login: the application has form login and CSRF protection; without it, the chat has guests.
// --tls: it has TLS with a certificate of its own, and HTTP/2.
// The page connects through a relay, which cuts its connections; then the application is ended and started again.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const split = process.argv.indexOf('--');
const [port, ...flags] = process.argv.slice(2, split);
const command = process.argv.slice(split + 1);
const secured = flags.includes('--login');
const tls = flags.includes('--tls');
const shots = flags.find((flag) => flag.startsWith('--screenshots='))?.slice('--screenshots='.length);

// The time for everything that must happen, in milliseconds: enough for a busy machine.
const PATIENCE = 60_000;
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => fail(error.stack));
setTimeout(() => fail('not done in 4 minutes'), 240_000).unref();

let application;
let browser;

function fail(reason) {
  console.error(`the page of port ${port}: ${reason}`);
  application?.kill('SIGKILL');
  process.exit(1);
}

function equal(found, expected, name) {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    fail(`${name} is ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

// Waits until the port accepts connections.
async function start() {
  application = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
  application.on('exit', (code) => { if (!application.ending) fail(`the application ended with ${code}`); });
  for (;;) {
    const open = await new Promise((resolve) => {
      const probe = connect(port, '127.0.0.1', () => { probe.destroy(); resolve(true); }).on('error', () => resolve(false));
    });
    if (open) return;
    await pause(100);
  }
}

async function stop() {
  application.ending = true;
  application.kill('SIGTERM');
  await new Promise((resolve) => application.once('exit', resolve));
}

// Passes on bytes, until its connections are cut.
const relayed = new Set();
const relay = createServer((from) => {
  const to = connect(port, '127.0.0.1');
  for (const [one, other] of [[from, to], [to, from]]) {
    relayed.add(one);
    one.on('error', () => {}).on('close', () => { relayed.delete(one); other.destroy(); });
    one.pipe(other);
  }
});

async function person(name, options = {}) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1180, height: 760 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => fail(`an error of the script: ${error.message}`));
  await page.goto(url);
  if (secured) await login(page, name);
  await online(page);
  return page;
}

async function login(page, name) {
  await page.waitForURL('**/login*');
  await page.fill('input[name=username]', name);
  await page.fill('input[name=password]', 'secret');
  await page.click('button[type=submit]');
}

const online = (page) => page.waitForSelector('#state.on');
const transport = (page) => page.waitForFunction(() => document.querySelector('#wire').textContent === 'eio4 · websocket');

async function say(page, text) {
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
  await shows(page, text);
}

const shows = (page, text) => page.waitForFunction((wanted) => [...document.querySelectorAll('.said p')].some((p) => p.textContent === wanted), text);
const shot = async (page, name) => { if (shots) await page.screenshot({ path: `${shots}/spring-page-${name}.png` }); };

await start();
await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
const url = `http${tls ? 's' : ''}://localhost:${relay.address().port}/`;
browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

// Two people, with HTTP/2 if there is TLS, talk over WebSockets.
const ann = await person('ann');
const bob = await person('bob', { viewport: { width: 390, height: 780 }, colorScheme: 'dark' });
await Promise.all([transport(ann), transport(bob)]);
equal(await ann.evaluate(() => performance.getEntriesByType('navigation')[0].nextHopProtocol), tls ? 'h2' : 'http/1.1', 'the protocol of the page');
if (secured) equal([await ann.textContent('#me'), await bob.textContent('#me')], ['ann', 'bob'], 'the names');
await say(ann, 'Good morning! Is anybody here?');
await shows(bob, 'Good morning! Is anybody here?');
await say(bob, 'I am, on the phone. <b>Hello</b>');
await say(bob, 'Same port, same login.');
await shows(ann, 'Same port, same login.');
equal(await ann.locator('#log b').count(), 0, 'the number of elements that a message made');
await ann.fill('#text', ' ');
await ann.press('#text', 'Enter');
await ann.waitForSelector('.note.bad:has-text("text must not be blank")');
await ann.waitForFunction(() => Number(document.querySelector('#events').textContent) >= 3);
await shot(ann, 'desktop');
await shot(bob, 'phone-dark');
await ann.emulateMedia({ colorScheme: 'dark' });
await shot(ann, 'desktop-dark');
await ann.emulateMedia({ colorScheme: 'light' });
await bob.emulateMedia({ colorScheme: 'light' });
await shot(bob, 'phone');

// CSRF protection is on for the application, and not for polls.
if (secured) equal(await ann.evaluate(async () => (await fetch('/logout', { method: 'POST' })).status), 403, 'the status of a form without token');
const poll = await ann.evaluate(async () => {
  const opened = await fetch('/socket.io/?EIO=4&transport=polling');
  const { sid } = JSON.parse((await opened.text()).slice(1));
  const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
  const posted = await fetch(path, { method: 'POST', body: '40' });
  const answer = await (await fetch(path)).text();
  await fetch(path, { method: 'POST', body: '1' });
  const { nextHopProtocol } = performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith(path));
  return [posted.status, answer.startsWith('40{"sid":'), nextHopProtocol];
});
equal(poll, [200, true, tls ? 'h2' : 'http/1.1'], 'the poll');

// The rooms.
await ann.click('#rooms button:has-text("music")');
await ann.waitForFunction(() => document.querySelector('#room').textContent === 'music');
await bob.waitForFunction(() => [...document.querySelectorAll('.note')].some(({ textContent }) => textContent.endsWith('has left.')));
await say(ann, 'Nobody in the lobby reads this.');

// The connections are cut.
for (const one of [...relayed]) one.destroy();
await ann.waitForSelector('.note:has-text("The connection was lost.")');
await ann.waitForSelector('.note:has-text("Connected again.")');
await online(ann);
await bob.waitForSelector('.note:has-text("Connected again.")');
await bob.click('#rooms button:has-text("music")');
await bob.waitForFunction(() => document.querySelector('#room').textContent === 'music');
await say(bob, 'After the cut.');
await shows(ann, 'After the cut.');

// The application is started again. Sessions of the login are in its memory, so the page asks for the login.
await stop();
await ann.waitForSelector('#state:not(.on)');
await shot(ann, 'reconnecting');
await start();
if (secured) {
  await Promise.all([login(ann, 'ann'), login(bob, 'bob')]);
} else {
  await ann.waitForFunction(() => [...document.querySelectorAll('.note')].filter(({ textContent }) => textContent === 'Connected again.').length === 2);
}
await Promise.all([online(ann), online(bob)]);
await ann.waitForFunction(() => document.querySelector('#wire').textContent.startsWith('eio4'));
await say(ann, 'After the restart.');

// A logout in one tab ends the chat in the other.
if (secured) {
  const tab = await ann.context().newPage();
  tab.setDefaultTimeout(PATIENCE);
  await tab.goto(`${url}logout`);
  await tab.click('button[type=submit]');
  await ann.waitForURL('**/login*');
}
await browser.close();
relay.close();
await stop();
console.log('the page works');
process.exit(0);
