// The chat with client 4.8.4. Received data is added to the page as text, never as markup.
'use strict';

const KEPT = 500;
const TRANSPORTS = { polling: ['polling'], websocket: ['websocket'], upgrade: ['polling', 'websocket'] };

const log = document.getElementById('log');
const form = document.getElementById('form');
const text = document.getElementById('text');
const send = document.getElementById('send');
const state = document.getElementById('state');
const transport = document.getElementById('transport');
const me = document.getElementById('me');
const newest = document.getElementById('newest');

/** All ids of this page: after a reconnection the buffer contains messages sent under an earlier id. */
const ownIds = new Set();

function start() {
  if (typeof io !== 'function') {
    showState('disconnected');
    transport.textContent = 'nothing: the client did not load';
    return;
  }
  const wanted = new URLSearchParams(location.search).get('transport');
  const socket = io({ transports: Object.hasOwn(TRANSPORTS, wanted) ? TRANSPORTS[wanted] : TRANSPORTS.upgrade });

  socket.on('connect', () => {
    ownIds.add(socket.id);
    me.textContent = socket.id;
    showTransport(socket);
    socket.io.engine.on('upgrade', () => showTransport(socket));
    showState('connected');
  });
  socket.on('disconnect', () => showState('disconnected'));
  socket.io.on('reconnect_attempt', () => showState('connecting'));
  socket.on('message', receive);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!socket.connected || text.value.trim() === '') return;
    socket.send(text.value);
    keepingUp(() => showMessage(socket.id, text.value), true);
    text.value = '';
    text.focus();
  });
}

function receive(message) {
  keepingUp(() => {
    if (Array.isArray(message?.buffer)) {
      log.replaceChildren();
      message.buffer.forEach(show);
    } else {
      show(message);
    }
  });
}

function show(message) {
  if (Array.isArray(message?.message)) showMessage(String(message.message[0]), words(message.message[1]));
  else if (typeof message?.announcement === 'string') showAnnouncement(message.announcement);
}

/** Most messages are text; other values are shown as JSON. */
function words(said) {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function showMessage(id, words) {
  const own = ownIds.has(id);
  const line = element('p', own ? 'message own' : 'message');
  if (log.lastElementChild?.dataset.id === id) line.classList.add('again');
  line.dataset.id = id;
  const who = element('span', 'who', own ? 'you' : id);
  who.title = id;
  who.style.setProperty('--hue', hueOf(id));
  line.append(who, element('span', 'text', words));
  add(line);
}

function showAnnouncement(words) {
  const line = element('p', 'announcement');
  const [, id, rest] = /^(\S+)( .*)$/s.exec(words) ?? [];
  if (id === undefined) line.textContent = words;
  else line.append(element('span', 'who', id), element('span', 'what', rest));
  line.title = words;
  add(line);
}

function add(line) {
  log.append(line);
  if (log.childElementCount > KEPT) log.firstElementChild.remove();
}

function element(name, className, words = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}

/** Scrolls to a new message only if the reader is at the end. */
function keepingUp(change, always = false) {
  const follow = always || atEnd();
  change();
  if (follow) toEnd();
  else newest.hidden = false;
}

function atEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 48;
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
  newest.hidden = true;
}

function showState(name) {
  state.dataset.state = name;
  state.textContent = name;
  send.disabled = name !== 'connected';
}

function showTransport(socket) {
  transport.textContent = socket.io.engine.transport.name;
}

function hueOf(id) {
  let hash = 0;
  for (const unit of id) hash = (hash * 31 + unit.codePointAt(0)) % 360;
  return hash;
}

text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit(send.disabled ? null : send);
});
newest.addEventListener('click', () => {
  toEnd();
  log.focus();
});
log.addEventListener('scroll', () => {
  if (atEnd()) newest.hidden = true;
});
addEventListener('resize', () => {
  if (newest.hidden) toEnd();
});

start();
