// The chat over server-events. No official client supports this transport; the forty lines below are one.
//
//   GET  /socket.io/server-events              opens a session. Each event is a payload of frames such as ~m~5~m~hello; the
//                                              number is the length of the body in JavaScript characters.
//   POST /socket.io/server-events/<id>/send    sends: data=<payload>, as a form.
//
// The first payload of each session is the session id. After it, a body ~h~7 is a heartbeat, which the client returns
// within 8 s; ~j~ marks JSON; other bodies are text. After a lost connection, EventSource opens a new session after 3 s.
'use strict';

class ServerEvents {
  /** @param listener an object with opened(id), message(value) and closed() */
  constructor(path, listener) {
    this.path = path;
    this.listener = listener;
    this.id = null;
    this.queue = Promise.resolve();
    this.source = new EventSource(path);
    this.source.onmessage = (event) => this.payload(event.data);
    this.source.onerror = () => { this.id = null; listener.closed(); };
  }

  payload(data) {
    for (const body of frames(data)) {
      if (this.id === null) this.listener.opened(this.id = body);
      else if (body.startsWith('~h~')) this.post(body);
      else this.listener.message(body.startsWith('~j~') ? JSON.parse(body.slice(3)) : body);
    }
  }

  /**
   * Sends text as text, unless it looks like a heartbeat or JSON; it and other values are sent as JSON. Throws an error
   * without a session: before opened() and after closed().
   */
  send(value) {
    if (this.id === null) throw new Error('not connected');
    const plain = typeof value === 'string' && !/^~[hj]~/.test(value);
    this.post(plain ? value : '~j~' + JSON.stringify(value));
  }

  /** Posts one after the other, so that messages arrive in order. */
  post(body) {
    const url = `${this.path}/${this.id}/send`;
    const data = `~m~${body.length}~m~${body}`;
    this.queue = this.queue
      .then(() => fetch(url, { method: 'POST', body: new URLSearchParams({ data }) }))
      .catch(() => {});
  }
}

function* frames(payload) {
  for (let head; (head = /^~m~(\d+)~m~/.exec(payload)); payload = payload.slice(head[0].length + Number(head[1]))) {
    yield payload.substr(head[0].length, Number(head[1]));
  }
}

// The page. Received data is added to it as text, never as markup.

const byId = (id) => document.getElementById(id);
const ownIds = new Set();

const chat = new ServerEvents('/socket.io/server-events', {
  opened(id) {
    ownIds.add(id);
    byId('me').textContent = id;
    state('connected');
  },
  message(value) {
    if (Array.isArray(value?.buffer)) {
      byId('log').replaceChildren();
      value.buffer.forEach(show);
    } else {
      show(value);
    }
    byId('log').scrollTop = byId('log').scrollHeight;
  },
  closed: () => state('connecting'),
});

function state(name) {
  byId('state').dataset.state = name;
  byId('state').textContent = name;
  byId('send').disabled = name !== 'connected';
}

function show(value) {
  if (Array.isArray(value?.message)) showMessage(String(value.message[0]), value.message[1]);
  else if (value?.announcement) line('announcement').textContent = String(value.announcement);
}

function showMessage(id, words) {
  const own = ownIds.has(id);
  const message = line(own ? 'message own' : 'message');
  message.dataset.id = id;
  span(message, 'b', 'who', own ? 'you' : id);
  message.append(': ');
  span(message, 'span', 'text', typeof words === 'string' ? words : JSON.stringify(words));
}

function line(className) {
  const p = document.createElement('p');
  p.className = className;
  byId('log').append(p);
  return p;
}

function span(parent, name, className, words) {
  const child = document.createElement(name);
  child.className = className;
  child.textContent = words;
  parent.append(child);
}

byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const words = byId('text').value;
  if (chat.id && words !== '') {
    chat.send(words);
    showMessage(chat.id, words);
    byId('log').scrollTop = byId('log').scrollHeight;
    byId('text').value = '';
  }
  byId('text').focus();
});
