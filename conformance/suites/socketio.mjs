// Cases for socket.io-client 2 and 4. They are our own, and ask the questions of the client's own suite, which npm does not
// have. The server is client2 or client4. A case is [name, run] or [name, run, condition].

const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

function check(holds, message) {
  if (!holds) throw new Error(message);
}

const same = (actual, expected) =>
  check(JSON.stringify(actual) === JSON.stringify(expected), `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);

// Returns the arguments of the next event.
const next = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));

const ack = (socket, event, ...args) => new Promise((resolve) => socket.emit(event, ...args, (...values) => resolve(values)));

const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

const textOf = (bytes) => new TextDecoder().decode(bytes);

const bytesOf = (text) => new TextEncoder().encode(text).buffer;

/**
 * Returns the cases.
 *
 * @param io the client's `io` with `Manager`
 * @param version 2 or 4
 * @param url the address of the server
 * @param options options for every client, such as its transports
 * @param browser whether the code runs in a page
 */
export function cases({ io, version, url, options, browser = false }) {
  const opened = [];
  const open = (path = '', more = {}) => {
    const socket = io(url + path, { forceNew: true, ...options, ...more });
    opened.push(socket);
    return socket;
  };
  const manager = (more = {}) => new io.Manager(url, { ...options, ...more });
  // Since 3.0 a manager's events are only its own, and the errors of a socket have one name.
  const events = (socket) => (version >= 3 ? socket.io : socket);
  const FAILED = version >= 3 ? 'connect_error' : 'error';
  const messageOf = (error) => (typeof error === 'string' ? error : error.message);
  const websocketOnly = options.transports.length === 1 && options.transports[0] === 'websocket';
  const pollingOnly = options.transports.length === 1 && options.transports[0] === 'polling';
  const since3 = version >= 3;

  const list = [
    ['connects', async () => void await next(open(), 'connect')],
    ['has the id that the server knows, and not that of the session', async () => {
      const socket = open();
      const [id] = await ack(socket, 'getId');
      same(socket.id, id);
      check(socket.id !== socket.io.engine.id, 'the ids are equal');
    }, since3],
    ['has the id that the server knows, in a namespace', async () => {
      const socket = open('/foo');
      const [id] = await ack(socket, 'getId');
      same(socket.id, id);
    }, since3],
    ['has no id after it was disconnected', async () => {
      const socket = open();
      await next(socket, 'connect');
      socket.disconnect();
      check(!socket.id || version < 3, `the id is ${socket.id}`);
      check(!socket.connected, 'it is connected');
    }],
    ['does not connect without autoConnect', async () => {
      const socket = open('', { autoConnect: false });
      await wait(100);
      check(!socket.connected && !socket.io.engine, 'it connected');
    }],
    ['reports no error if it is disconnected while it opens', async () => {
      const socket = open('', { timeout: 100 });
      let failed = false;
      events(socket).on('error', () => (failed = true));
      socket.disconnect();
      await wait(300);
      check(!failed, 'it reported an error');
    }],
    ['reports that nothing listens', async () => {
      const socket = io('http://127.0.0.1:1', { forceNew: true, ...options, reconnection: false });
      opened.push(socket);
      await next(socket, 'connect_error');
    }],
    ['reports a connect timeout', async () => {
      const socket = open('', { timeout: 0, reconnection: false });
      const [error] = await next(socket, 'connect_error');
      same(messageOf(error), 'timeout');
    }],
    ['reports no failure to connect after a connection was closed', async () => {
      const socket = open();
      let failed = false;
      socket.on('connect_error', () => (failed = true));
      await next(socket, 'connect');
      socket.io.engine.close();
      await wait(200);
      check(!failed, 'it reported a failure');
    }],
    ['reconnects with another id', async () => {
      const socket = open('', { reconnectionDelay: 10 });
      await next(socket, 'connect');
      const { id } = socket;
      socket.io.engine.close();
      await next(events(socket), 'reconnect');
      await (socket.connected || next(socket, 'connect'));
      check(socket.id !== id, 'the id is the same');
    }],
    ['reconnects by hand', async () => {
      const socket = open();
      await next(socket, 'connect');
      socket.disconnect();
      socket.connect();
      await next(socket, 'connect');
    }],
    ['reconnects automatically after it reconnected by hand', async () => {
      const socket = open('', { reconnectionDelay: 10 });
      await next(socket, 'connect');
      socket.disconnect();
      socket.connect();
      await next(socket, 'connect');
      socket.io.engine.close();
      await next(events(socket), 'reconnect');
    }],
    ['is disconnected once if it reconnects in the same turn', async () => {
      const socket = open();
      let count = 0;
      socket.on('disconnect', () => count++);
      await next(socket, 'connect');
      socket.disconnect().connect();
      await wait(150);
      same(count, 1);
    }, since3], // 2.x counts two, or one, with either server
    ['connects, disconnects and connects in one turn', async () => {
      const socket = open();
      socket.disconnect();
      socket.connect();
      await next(socket, 'connect');
      await ack(socket, 'echo', 1);
    }],
    ['gives up after the number of attempts', async () => {
      const its = manager({ timeout: 0, reconnectionAttempts: 2, reconnectionDelay: 10 });
      let attempts = 0;
      its.on('reconnect_attempt', () => attempts++);
      const socket = its.socket('/timeout_socket');
      opened.push(socket);
      await next(its, 'reconnect_failed');
      same(attempts, 2);
    }],
    ['stops reconnecting when it is disconnected', async () => {
      const socket = open('/invalid', { timeout: 0, reconnectionDelay: 10 });
      await next(events(socket), 'reconnect_attempt');
      let again = false;
      events(socket).on('reconnect_attempt', () => (again = true));
      socket.disconnect();
      await wait(100);
      check(!again, 'it tried again');
    }],
    ['connects to a namespace on a connection that exists', async () => {
      const its = manager();
      const socket = its.socket('/');
      opened.push(socket);
      await next(socket, 'connect');
      const foo = its.socket('/foo');
      opened.push(foo);
      await next(foo, 'connect');
    }],
    ['opens a namespace after the connection was closed', async () => {
      const its = manager();
      const socket = its.socket('/');
      await next(socket, 'connect');
      socket.disconnect();
      const foo = its.socket('/foo');
      opened.push(foo);
      await next(foo, 'connect');
    }],
    ['keeps the connection when one of its namespaces is left', async () => {
      const its = manager();
      const foo = its.socket('/foo');
      const asd = its.socket('/asd');
      opened.push(foo, asd);
      await Promise.all([next(foo, 'connect'), next(asd, 'connect')]);
      foo.disconnect();
      await wait(100);
      check(asd.connected, 'the other namespace is disconnected');
    }],
    ['leaves and joins a namespace again', async () => {
      const its = manager();
      const foo = its.socket('/foo');
      const asd = its.socket('/asd');
      opened.push(foo, asd);
      await Promise.all([next(foo, 'connect'), next(asd, 'connect')]);
      for (let i = 0; i < 5; i++) {
        foo.disconnect();
        foo.connect();
        await next(foo, 'connect');
      }
      check(asd.connected, 'the other namespace is disconnected');
    }],
    ['is told that a namespace does not exist', async () => {
      const socket = open('/unknown');
      const [error] = await next(socket, FAILED);
      same(messageOf(error), 'Invalid namespace');
    }],
    ['is told why middleware rejected it', async () => {
      const socket = open('/no');
      const [error] = await next(socket, FAILED);
      same(messageOf(error), 'Auth failed (custom namespace)');
    }],
    ['is told why middleware of the main namespace rejected it', async () => {
      const socket = open('', { query: { fail: 'true' } });
      const [error] = await next(socket, FAILED);
      same(messageOf(error), 'Auth failed (main namespace)');
    }],
    ['does not join again after middleware rejected it', async () => {
      const socket = open('/no', { reconnectionDelay: 10 });
      let count = 0;
      socket.on(FAILED, () => {
        count++;
        socket.io.engine.close();
      });
      await next(socket, FAILED);
      await wait(300);
      same(count, 1);
    }, since3],
    ['sends its query as an object', async () => {
      const [handshake] = await ack(open('', { query: { e: 'f' } }), 'getHandshake');
      same(handshake.query.e, 'f');
    }],
    ['sends its query in the address', async () => {
      const [handshake] = await ack(open('/?c=d'), 'getHandshake');
      same(handshake.query.c, 'd');
    }],
    ['sends its query to a namespace', async () => {
      const [handshake] = await next(open('/abc?b=c&d=e'), 'handshake');
      same([handshake.query.b, handshake.query.d], ['c', 'e']);
    }],
    ['encodes its query', async () => {
      const [handshake] = await next(open('/abc', { query: { '&a': '&=?a' } }), 'handshake');
      same(handshake.query['&a'], '&=?a');
    }],
    ['sends its credentials as an object', async () => {
      const [handshake] = await next(open('/abc', { auth: { a: 'b', c: 'd' } }), 'handshake');
      same(handshake.auth, { a: 'b', c: 'd' });
      check(handshake.query.a === undefined, 'they are in the query');
    }, since3],
    ['sends its credentials from a function', async () => {
      const [handshake] = await next(open('/abc', { auth: (tell) => tell({ e: 'f' }) }), 'handshake');
      same(handshake.auth, { e: 'f' });
    }, since3],
    ['describes its handshake', async () => {
      const [handshake] = await next(open('/abc'), 'handshake');
      check(typeof handshake.time === 'string' && typeof handshake.issued === 'number', 'the time is missing');
      same(handshake.secure, false);
      same(handshake.query.transport, options.transports[0]);
      check(handshake.headers.host === new URL(url).host, 'the host is missing');
    }],
    ['refuses reserved names', () => {
      const socket = open('', { autoConnect: false });
      let message;
      try {
        socket.emit('disconnecting', 'x');
      } catch (error) {
        ({ message } = error);
      }
      same(message, '"disconnecting" is a reserved event name');
    }, since3],
    ['emits events in order, also those before it connected', async () => {
      const socket = open('', { autoConnect: false });
      const seen = [];
      const first = ack(socket, 'echo', 'first').then(() => seen.push('first'));
      socket.on('connect', () => seen.push('connect'));
      const second = next(socket, 'connect').then(() => ack(socket, 'echo', 'second')).then(() => seen.push('second'));
      socket.connect();
      await Promise.all([first, second]);
      same(seen, ['connect', 'first', 'second']);
    }],
    ['waits for an ack', async () => same(await open().emitWithAck('echo', 123), 123), since3],
    ['is acked with any value', async () => {
      const socket = open();
      for (const value of [0, false, '', null, 'é € 😀', [1, [2]], { a: { b: [] } }, 1.5, -7]) {
        same(await ack(socket, 'echo', value), [value]);
      }
    }],
    ['is acked with bytes', async () => {
      const [bytes] = await ack(open(), 'echo', bytesOf('hello'));
      check(isBinary(bytes) && textOf(bytes) === 'hello', 'the bytes differ');
    }],
    ['acks with several values', async () => {
      const socket = open();
      socket.on('ack', (tell) => tell(5, { test: true }));
      socket.emit('ack');
      await next(socket, 'got it');
    }],
    ['is acked with a date', async () => {
      const [date] = await ack(open(), 'getAckDate', { test: true });
      check(typeof date === 'string' && !Number.isNaN(Date.parse(date)), `${date} is no date`);
    }],
    ['receives dates as texts', async () => {
      const socket = open();
      socket.emit('getDate');
      const [date] = await next(socket, 'takeDate');
      check(typeof date === 'string' && /^\d{4}-.*T.*Z$/.test(date), `${date} is no date`);
      socket.emit('getDateObj');
      const [object] = await next(socket, 'takeDateObj');
      check(typeof object.date === 'string', 'the date is no text');
    }],
    ['receives false', async () => {
      const socket = open();
      socket.emit('false');
      same((await next(socket, 'false'))[0], false);
    }],
    ['receives texts of several bytes a character', async () => {
      const socket = open();
      const texts = [];
      socket.on('takeUtf8', (text) => texts.push(text));
      socket.emit('getUtf8');
      while (texts.length < 5) await next(socket, 'takeUtf8');
      same(texts, ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string']);
    }],
    ['starts two connections to one path', async () => {
      const [a, b] = [open(), open()];
      await Promise.all([next(a, 'connect'), next(b, 'connect')]);
      check(a.io !== b.io, 'they have one manager');
    }],
    ['connects while another socket disconnects', async () => {
      const a = open();
      await next(a, 'connect');
      const b = open();
      a.disconnect();
      await next(b, 'connect');
    }],
    ['receives bytes', async () => {
      const socket = open();
      socket.emit('doge');
      const [bytes] = await next(socket, 'doge');
      check(isBinary(bytes) && textOf(bytes) === 'asdfasdf', 'the bytes differ');
    }],
    ['receives bytes as base64', async () => {
      const socket = open('', { forceBase64: true });
      socket.emit('getbin');
      const [bytes] = await next(socket, 'takebin');
      check(isBinary(bytes) && textOf(bytes) === 'asdfasdf', 'the bytes differ');
    }],
    ['sends bytes', async () => {
      const socket = open();
      socket.emit('buffa', bytesOf('asdfasdf'));
      await next(socket, 'buffack');
    }],
    ['sends bytes inside an object', async () => {
      const socket = open();
      socket.emit('jsonbuff', { hello: 'lol', message: bytesOf('howdy'), goodbye: 'gotcha' });
      await next(socket, 'jsonbuff-ack');
    }],
    ['sends events with bytes in order', async () => {
      const socket = open();
      socket.emit('abuff1', bytesOf('asdfasdf'));
      socket.emit('abuff2', 'please arrive second');
      await next(socket, 'abuff2-ack');
    }],
    ['sends a Blob', async () => {
      const socket = open();
      socket.emit('blob', new Blob(['hello world']));
      await next(socket, 'back');
    }, browser],
    ['sends a Blob inside an object', async () => {
      const socket = open();
      socket.emit('jsonblob', { hello: 'lol', message: new Blob(['EEEEE']), goodbye: 'gotcha' });
      await next(socket, 'jsonblob-ack');
    }, browser],
    ['sends events with Blobs in order', async () => {
      const socket = open();
      socket.emit('blob1', new Blob(['first']));
      socket.emit('blob2', 'second');
      socket.emit('blob3', new Blob(['third']));
      await next(socket, 'blob3-ack');
    }, browser],
    ['drops a volatile packet while it is not connected', async () => {
      const socket = open('', { autoConnect: false });
      let answered = false;
      socket.volatile.emit('getId', () => (answered = true));
      socket.connect();
      await ack(socket, 'getId');
      await wait(50);
      check(!answered, 'the volatile packet arrived');
    }, since3],
    ['drops a volatile packet while the transport writes', async () => {
      const socket = open();
      await next(socket, 'connect');
      const first = ack(socket, 'getId');
      let answered = false;
      socket.volatile.emit('getId', () => (answered = true));
      await first;
      await wait(50);
      check(!answered, 'the volatile packet arrived');
    }, since3 && !pollingOnly],
    ['sends a volatile packet when the transport can take it', async () => {
      const socket = open();
      await next(socket, 'connect');
      let answered = false;
      for (let i = 0; !answered && i < 50; i++) {
        await wait(50);
        socket.volatile.emit('getId', () => (answered = true));
      }
      check(answered, 'no volatile packet arrived');
    }, since3],
    ['tells listeners of any event', async () => {
      const socket = open('/abc');
      const seen = [];
      socket.onAny((event) => seen.push(`second ${event}`));
      socket.prependAny((event) => seen.push(`first ${event}`));
      await next(socket, 'handshake');
      same(seen, ['first handshake', 'second handshake']);
    }, since3],
    ['times out while it is not connected', async () => {
      const socket = open('', { autoConnect: false });
      const error = await new Promise((resolve) => socket.timeout(50).emit('event', resolve));
      check(error instanceof Error, `${error} is no error`);
      same(socket.sendBuffer, []);
    }, since3],
    ['times out when the server does not ack', async () => {
      const socket = open();
      const [error] = await new Promise((resolve) => socket.timeout(50).emit('unknown', (...args) => resolve(args)));
      check(error instanceof Error, `${error} is no error`);
    }, since3],
    ['times out when the server does not ack (promise)', async () => {
      let error;
      await open().timeout(50).emitWithAck('unknown').catch((reason) => (error = reason));
      check(error instanceof Error, `${error} is no error`);
    }, since3],
    ['times out when the server does not ack (ackTimeout)', async () => {
      const socket = open('', { ackTimeout: 50 });
      const error = await new Promise((resolve) => socket.emit('unknown', resolve));
      check(error instanceof Error, `${error} is no error`);
    }, since3],
    ['times out once when the ack comes too late', async () => {
      const socket = open();
      let count = 0;
      socket.timeout(0).emit('echo', 42, (error) => {
        check(error instanceof Error, `${error} is no error`);
        count++;
      });
      await wait(300);
      same(count, 1);
    }, since3],
    ['does not time out when the server acks', async () => {
      const socket = open();
      const args = await new Promise((resolve) => socket.timeout(5000).emit('echo', 42, (...all) => resolve(all)));
      same(args, [null, 42]);
      same(await socket.timeout(5000).emitWithAck('echo', 43), 43);
    }, since3],
    ['never calls an ack without timeout after it was disconnected', async () => {
      const socket = open();
      await next(socket, 'connect');
      let answered = false;
      socket.emit('echo', 'a', () => (answered = true));
      socket.disconnect();
      await wait(150);
      check(!answered, 'the ack was called');
    }, since3],
    ['calls an ack with timeout with an error when it is disconnected', async () => {
      const socket = open();
      await next(socket, 'connect');
      const answer = new Promise((resolve) => socket.timeout(10_000).emit('echo', 'a', resolve));
      socket.disconnect();
      check((await answer) instanceof Error, 'there is no error');
    }, since3],
    ['keeps the order of events that it may retry', async () => {
      const socket = open('', { retries: 1, ackTimeout: 5000 });
      const sent = [];
      socket.io.engine.on('packetCreate', ({ data }) => sent.push(data));
      const answers = await Promise.all([1, 2, 3].map((n) =>
        new Promise((resolve) => socket.emit('echo', n, (error, value) => resolve(error ?? value)))));
      same(answers, [1, 2, 3]);
      same(sent, ['0', '20["echo",1]', '21["echo",2]', '22["echo",3]']);
    }, since3],
    ['retries what the server does not ack, and then fails', async () => {
      const socket = open('', { retries: 3, ackTimeout: 50 });
      let count = 0;
      socket.on('ack', () => count++);
      const error = await new Promise((resolve) => socket.emit('ack', resolve));
      check(error instanceof Error, `${error} is no error`);
      while (count < 4) await next(socket, 'ack'); // polls are later than the timeouts on a busy machine
      await wait(100);
      same(count, 4);
    }, since3],
    ['retries an event that nobody handles, and then fails', async () => {
      const socket = open('', { retries: 2, ackTimeout: 50 });
      const sent = [];
      socket.io.engine.on('packetCreate', ({ data }) => sent.push(data));
      const error = await new Promise((resolve) => socket.emit('unknown', resolve));
      check(error instanceof Error, `${error} is no error`);
      same(sent, ['0', '20["unknown"]', '21["unknown"]', '22["unknown"]']);
    }, since3],
    ['sends what it may retry after it connected', async () => {
      const socket = open('', { autoConnect: false, retries: 3, ackTimeout: 1000 });
      const answer = new Promise((resolve) => socket.emit('echo', 1, (error, value) => resolve([error, value])));
      await wait(100);
      socket.connect();
      same(await answer, [null, 1]);
    }, since3],
    ['emits once in its connect listener what it may retry', async () => {
      const socket = open('', { retries: 3 });
      const received = [];
      socket.io.engine.on('packet', ({ type, data }) => type === 'message' && received.push(data));
      socket.on('connect', () => socket.emit('echo', null));
      while (received.length < 2) await next(socket.io.engine, 'packet');
      await wait(300);
      same(received.slice(1), ['30[null]']);
    }, since3],
    ['recovers its state', async () => {
      const socket = open('', { reconnectionDelay: 10 });
      check(!socket.recovered, 'it is recovered at first');
      socket.emit('hi');
      await next(socket, 'hi');
      const { id } = socket;
      socket.io.engine.close();
      await next(socket, 'connect');
      check(socket.recovered, 'it is not recovered');
      same(socket.id, id);
    }, since3],
    ['is connected longer than two pings', async () => {
      const socket = open();
      await next(socket, 'connect');
      let lost = false;
      socket.on('disconnect', () => (lost = true));
      await wait(4500);
      check(!lost, 'it was disconnected');
      same(await ack(socket, 'echo', 1), [1]);
    }],
    ['upgrades from polling to WebSocket', async () => {
      const socket = open();
      await next(socket, 'connect');
      if (socket.io.engine.transport.name !== 'websocket') await next(socket.io.engine, 'upgrade');
      same(await ack(socket, 'echo', 'after'), ['after']);
    }, !websocketOnly && !pollingOnly],
    ['sends and receives many events in order', async () => {
      const socket = open();
      const answers = await Promise.all(Array.from({ length: 300 }, (unused, i) => ack(socket, 'echo', i)));
      same(answers.map(([value]) => value), Array.from({ length: 300 }, (unused, i) => i));
    }],
    ['sends and receives a large text', async () => {
      const text = 'é'.repeat(100_000);
      const [echoed] = await ack(open(), 'echo', text);
      check(echoed === text, 'the text differs');
    }],
    ['closes on a packet that it cannot decode', async () => {
      const socket = open('', { reconnection: false });
      await next(socket, 'connect');
      const reason = next(socket, 'disconnect');
      socket.io.ondata?.('9') ?? socket.io.engine.emit('data', '9');
      same((await reason)[0], 'parse error');
    }, since3],
  ];
  return {
    list: list.filter(([, , condition = true]) => condition),
    end() {
      opened.splice(0).forEach((socket) => {
        socket.disconnect();
        socket.io.engine?.close();
      });
    },
  };
}
