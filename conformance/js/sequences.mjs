// Sequences of calls of official clients that are legal and must not end their connection.

const DEADLINE = 20000;

/** A client since 1.0. */
class Modern {
  constructor(connect, url, transports) {
    this.root = connect(url, { forceNew: true, reconnection: false, transports });
    this.sockets = [this.root];
  }
  of(namespace) {
    const socket = this.root.io.socket(namespace);
    this.sockets.push(socket);
    return socket;
  }
  join = (socket) => socket.connect();
  leave = (socket) => socket.disconnect();
  upgrading = (call) =>
    this.root.io.once('open', () => this.root.io.engine.once('upgrading', call));
  opened = (call) => this.root.io.once('open', call);
  reopen = () => this.root.connect();
  close = () => this.sockets.forEach((socket) => socket.disconnect());
}

/** A client 0.9, whose namespaces join again only by a packet. */
class Old {
  constructor(io09, url, transports) {
    io09.transports.splice(0, Infinity, ...transports);
    this.root = io09.connect(url, { reconnect: false, 'force new connection': true });
  }
  of = (namespace) => this.root.socket.of(namespace);
  join = (socket) => socket.packet({ type: 'connect' });
  leave = (socket) => socket.packet({ type: 'disconnect' });
  opened = (call) => this.root.once('connect', call);
  close = () => this.root.socket.disconnect();
}

/** Sends a text until it returns: a client drops what it sends while it is not joined. */
function echo(socket, text) {
  return new Promise((resolve) => {
    let timer;
    socket.on('echo', (answer) => {
      if (answer !== text) return;
      clearInterval(timer);
      resolve();
    });
    socket.emit('echo', text);
    timer = setInterval(() => socket.emit('echo', text), 500);
  });
}

/** Waits until the namespace answers: with an echo, or with an error if it refuses everybody. */
function answered(socket, namespace) {
  if (namespace !== '/refused') return echo(socket, 'here');
  return new Promise((resolve) => ['connect_error', 'connect_failed', 'error'].forEach((event) => socket.on(event, resolve)));
}

const SEQUENCES = {
  async joinLeaveJoin(client, namespace) {
    await echo(client.root, 'first');
    const socket = client.of(namespace);
    const done = answered(socket, namespace);
    client.leave(socket);
    client.join(socket);
    client.leave(socket);
    client.join(socket);
    await done;
  },
  async joinLeaveJoinBeforeOpen(client, namespace) {
    const socket = client.of(namespace);
    const done = answered(socket, namespace);
    client.leave(socket);
    client.join(socket);
    await done;
  },
  async leaveWhileJoining(client, namespace) {
    await echo(client.root, 'first');
    client.leave(client.of(namespace));
  },
  async emitBeforeJoined(client, namespace) {
    const socket = client.of(namespace);
    const done = answered(socket, namespace);
    socket.emit('echo', 'early');
    await done;
  },
  async closeWhileOpening(client, namespace) {
    client.of(namespace);
    client.close();
    client.reopen();
  },
  async leaveAtOpen(client, namespace) {
    const socket = client.of(namespace);
    await new Promise((resolve) => client.opened(() => {
      client.leave(socket);
      resolve();
    }));
  },
  async rejoinDuringUpgrade(client, namespace) {
    const socket = client.of(namespace);
    const done = answered(socket, namespace);
    await new Promise((resolve) => client.upgrading(resolve));
    client.leave(socket);
    client.join(socket);
    await done;
  },
  async leaveDuringUpgrade(client, namespace) {
    const socket = client.of(namespace);
    await new Promise((resolve) => client.upgrading(resolve));
    client.leave(socket);
  },
};

/** Plays a sequence; then the first namespace must still be served on the connection. */
export async function play({ url, transports, namespace, sequence }, { connect, io09 }) {
  const clients = [1, 2].map(() => (io09 ? new Old(io09, url, transports) : new Modern(connect, url, transports)));
  const late = new Promise((resolve, reject) =>
    setTimeout(() => reject(new Error(`${sequence} of ${namespace} over ${transports} did not end`)), DEADLINE).unref());
  const each = async (client, i) => {
    await SEQUENCES[sequence](client, namespace);
    await echo(client.root, `still here ${i}`);
  };
  try {
    await Promise.race([late, Promise.all(clients.map(each))]);
  } finally {
    clients.forEach((client) => client.close());
  }
}
