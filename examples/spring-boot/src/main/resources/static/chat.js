// The page of the chat. "io" is the official client, from /socket.io/socket.io.js.
const socket = io();
const find = (id) => document.getElementById(id);
const create = (tag, className, ...children) => {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
};
let room = 'lobby';
let rooms = [];
let me = '';
let last = {};

function add(element) {
  find('log').append(element);
  element.scrollIntoView({ block: 'end' });
}

function note(text, className = '') {
  last = {};
  add(create('div', `note ${className}`, text));
}

function paint(face, name) {
  face.textContent = name[0];
  face.style.setProperty('--hue', [...name].reduce((hue, letter) => (hue * 31 + letter.codePointAt(0)) % 360, 7));
  return face;
}

// Messages of one person that follow each other have one name and face.
function said(message) {
  const mine = message.name === me;
  const more = last.name === message.name;
  const line = create('div', `said${mine ? ' mine' : ''}${more ? ' more' : ''}`);
  if (!more) {
    const time = new Date(message.time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    if (!mine) line.append(paint(create('span', 'face'), message.name));
    line.append(create('span', 'who', mine ? 'You' : message.name, create('small', '', time)));
  }
  line.append(create('p', '', message.text));
  last = message;
  add(line);
}

function state(text, on) {
  find('state').textContent = text;
  find('state').className = on ? 'state on' : 'state';
}

async function enter(name) {
  await socket.emitWithAck('enter', name);
  room = name;
  find('log').replaceChildren();
  note(`You are in #${room}.`);
  await refresh();
}

function show(people) {
  find('room').textContent = room;
  find('text').placeholder = `Message to #${room}`;
  find('people').textContent = people[room] === 1 ? '1 person' : `${people[room] ?? 0} people`;
  find('rooms').replaceChildren(...rooms.map((name) => {
    const button = create('button', '', `#\u2009${name}`, create('span', 'count', people[name] ?? 0));
    button.setAttribute('aria-current', name === room);
    button.onclick = () => enter(name);
    return button;
  }));
}

// The REST resource and the meters of the actuator.
async function json(path) {
  const response = await fetch(path);
  if (response.redirected) location.reload(); // The login has expired.
  return response.ok && !response.redirected ? response.json() : undefined;
}

async function meter(id, path, statistic) {
  const value = (await json(`/actuator/metrics/${path}`))?.measurements.find((one) => one.statistic === statistic)?.value;
  find(id).textContent = value?.toLocaleString() ?? '–';
}

async function refresh() {
  const online = await json('/api/online');
  if (!online) return;
  show(online.rooms);
  const transports = Object.entries(online.sessions).flatMap(([generation, counts]) =>
    Object.entries(counts).filter(([, sessions]) => sessions > 0).map(([transport, sessions]) => [`${generation} ${transport}`, sessions]));
  find('sessions').textContent = transports.reduce((sum, [, sessions]) => sum + sessions, 0);
  find('transports').replaceChildren(...transports.map(([name, sessions]) => create('li', '', `${name} ${sessions}`)));
  await meter('events', 'everwire.events', 'COUNT');
  await meter('sent', 'everwire.messages?tag=direction:out', 'COUNT');
}

socket.on('welcome', async (name, names, generation) => {
  const again = me !== '';
  me = name;
  rooms = names;
  find('me').textContent = name;
  find('wire').textContent = `${generation} · ${socket.io.engine.transport.name}`;
  socket.io.engine.once('upgrade', (transport) => { find('wire').textContent = `${generation} · ${transport.name}`; });
  paint(find('face'), name);
  note(again ? 'Connected again.' : `You are in #${room}.`);
  // The server lets everybody into the first room.
  if (again && room !== names[0]) await socket.emitWithAck('enter', room);
  await refresh();
});
socket.on('said', (message) => message.room === room && said(message));
socket.on('arrived', (name) => { note(`${name} has arrived.`); refresh(); });
socket.on('left', (name) => { note(`${name} has left.`); refresh(); });
socket.on('announced', (text) => note(text, 'loud'));
socket.on('connect', () => state('connected', true));
socket.on('disconnect', (reason) => {
  state('reconnecting');
  note('The connection was lost.', 'bad');
  if (reason === 'io server disconnect') location.reload(); // A logout in another tab.
});
// The server was started again and does not know the login any more, or it is not there yet.
socket.on('connect_error', () => refresh().catch(() => {}));

find('send').onsubmit = async (event) => {
  event.preventDefault();
  const text = find('text').value;
  find('text').value = '';
  const answer = await socket.timeout(5000).emitWithAck('say', { room, text });
  if (answer.error) note(answer.data.map((wrong) => `${wrong.field} ${wrong.message}`).join(', '), 'bad');
  else said(answer);
};
setInterval(() => socket.connected && refresh(), 5000);
