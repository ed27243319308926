// Cases for engine.io-client 3 and 6. They are our own, and ask the questions of the client's own suite, which npm does not
// have. The server is engineclient3 or engineclient4. A case is [name, run] or [name, run, condition].

const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

function check(holds, message) {
  if (!holds) throw new Error(message);
}

const same = (actual, expected) =>
  check(JSON.stringify(actual) === JSON.stringify(expected), `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);

const next = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));

const numbers = (data) => [...new Uint8Array(data.buffer ?? data)];

/**
 * Returns the cases.
 *
 * @param Socket the client's class
 * @param version 3 or 6
 * @param url the address of the server
 * @param options options for every client, such as its transports
 * @param fetches whether polling uses fetch
 * @param browser whether the code runs in a page
 */
export function cases({ Socket, version, url, options, fetches, browser = false }) {
  const opened = [];
  const open = (more = {}) => {
    const socket = new Socket(url, { ...options, ...more });
    socket.binaryType = 'arraybuffer';
    opened.push(socket);
    return socket;
  };
  // The server greets with "hi".
  const greeted = async (socket) => {
    const [text] = await next(socket, 'message');
    same(text, 'hi');
    return socket;
  };
  const echoed = async (socket, data) => {
    socket.send(data);
    return (await next(socket, 'message'))[0];
  };
  const since4 = version >= 4;
  const first = options.transports[0];
  const polling = first === 'polling';
  const upgrades = options.transports.length > 1;

  const list = [
    ['connects and is greeted', async () => void await greeted(open())],
    ['sends and receives a text', async () => same(await echoed(await greeted(open()), 'hello'), 'hello')],
    ['sends and receives texts of several bytes a character', async () => {
      const socket = await greeted(open());
      same(await echoed(socket, 'cash money €€€'), 'cash money €€€');
      const far = '\uD800\uDC00-\uDB7F\uDFFF\uDB80\uDC00-\uDBFF\uDFFF\uE000-\uF8FF';
      same(await echoed(socket, far), far);
      same(await echoed(socket, 'give utf8'), since4 ? 'пойду спать всем спокойной ночи' : 'пойду сать всем мпокойной ночи');
    }],
    ['sends and receives bytes', async () => {
      const socket = await greeted(open());
      same(numbers(await echoed(socket, Uint8Array.of(0, 1, 2, 3, 4))), [0, 1, 2, 3, 4]);
      same(numbers(await echoed(socket, 'give binary')), [0, 1, 2, 3, 4]);
    }],
    ['sends and receives bytes and texts in order', async () => {
      const socket = await greeted(open());
      const seen = [];
      socket.on('message', (data) => seen.push(typeof data === 'string' ? data : numbers(data)));
      socket.send('a');
      socket.send(Uint8Array.of(1, 2));
      socket.send('b');
      socket.send(Uint8Array.of(3));
      while (seen.length < 4) await next(socket, 'message');
      same(seen, ['a', [1, 2], 'b', [3]]);
    }],
    ['receives bytes as base64', async () => {
      const socket = await greeted(open({ forceBase64: true }));
      same(numbers(await echoed(socket, 'give binary')), [0, 1, 2, 3, 4]);
    }],
    ['sends bytes that are a view of a larger buffer', async () => {
      const socket = await greeted(open());
      same(numbers(await echoed(socket, new Uint8Array([9, 1, 2, 9]).subarray(1, 3).slice())), [1, 2]);
    }],
    ['sends and receives a Blob', async () => {
      const socket = await greeted(open());
      same(numbers(await echoed(socket, new Blob([Uint8Array.of(7, 8)]))), [7, 8]);
    }, browser],
    ['sends nothing after it was closed', async () => {
      const socket = open();
      await next(socket, 'open');
      let created = false;
      socket.on('packetCreate', () => (created = true));
      socket.close();
      socket.send('late');
      await wait(200);
      check(!created || version < 4 && socket.readyState !== 'open', 'it sent a packet');
    }, since4],
    ['sends several messages of together more than the largest payload', async () => {
      const socket = await greeted(open());
      const texts = ['a'.repeat(99), 'b'.repeat(30), 'c'.repeat(30), 'd'.repeat(35), '€'.repeat(33), 'f'.repeat(99)];
      const seen = [];
      socket.on('message', (text) => seen.push(text));
      texts.forEach((text) => socket.send(text));
      while (seen.length < texts.length) await next(socket, 'message');
      same(seen, texts);
    }],
    ['is closed after a message over the largest payload', async () => {
      const socket = await greeted(open({ transports: [first] }));
      const closed = next(socket, 'close');
      const failed = polling ? next(socket, 'error') : Promise.resolve([]);
      socket.send('a'.repeat(101));
      const [reason, details] = await closed;
      const [error] = await failed;
      if (polling) {
        same([reason, error.type, error.description], ['transport error', 'TransportError', 413]);
        if (!fetches && !browser) same(error.context.responseText, '');
      } else {
        same(reason, 'transport close');
        same([details.context.code, details.context.reason], [1009, '']);
      }
    }, since4],
    ['is told that its session is unknown', async () => {
      const socket = open({ transports: [first], query: { sid: 'abc' } });
      const closed = next(socket, 'close');
      let response; // the client aborts the request after it told its listeners
      socket.on('error', ({ context }) => (response = context?.responseText));
      const [error] = await next(socket, 'error');
      same(error.type, 'TransportError');
      if (polling) {
        same(error.description, 400);
        if (since4 && !fetches) same(response, '{"code":1,"message":"Session ID unknown"}');
      }
      same((await closed)[0], 'transport error');
    }],
    ['tries its second transport after the first was rejected', async () => {
      const transports = polling ? ['polling', 'websocket'] : ['websocket', 'polling'];
      const socket = open({ transports, tryAllTransports: true, transportOptions: { [transports[0]]: { query: { deny: 1 } } } });
      await next(socket, 'open');
      same(socket.transport.name, transports[1]);
    }, since4],
    ['does not try its second transport by default', async () => {
      const socket = open({ transports: [first], transportOptions: { [first]: { query: { deny: 1 } } } });
      const [error] = await next(socket, 'error');
      same(error.type, 'TransportError');
    }, since4],
    ['upgrades', async () => {
      const socket = open();
      await next(socket, 'upgrade');
      same(socket.transport.name, 'websocket');
      same(await echoed(socket, 'after'), 'after');
    }, upgrades],
    ['does not upgrade if it does not want to', async () => {
      const socket = await greeted(open({ upgrade: false }));
      await wait(300);
      same(socket.transport.name, 'polling');
    }, upgrades],
    ['defers its close while it upgrades', async () => {
      const socket = open();
      let upgraded = false;
      socket.on('upgrade', () => (upgraded = true));
      await next(socket, 'upgrading');
      socket.close();
      await next(socket, 'close');
      check(upgraded, 'it was closed before');
    }, upgrades],
    ['closes after a failed upgrade if the close was deferred', async () => {
      const socket = open();
      let failed = false;
      socket.on('upgradeError', () => (failed = true));
      const closed = next(socket, 'close');
      await next(socket, 'upgrading');
      socket.close();
      socket.transport.onError('upgrade error');
      await closed;
      check(failed, 'the upgrade did not fail');
    }, upgrades],
    ['sends all queued packets before its deferred close', async () => {
      const socket = open();
      await next(socket, 'upgrading');
      socket.send('hi');
      socket.close();
      await next(socket, 'close');
      same(socket.writeBuffer.length, 0);
    }, upgrades],
    ['is connected longer than several pings', async () => {
      const socket = await greeted(open());
      let lost = false;
      socket.on('close', () => (lost = true));
      await wait(1800);
      check(!lost, 'it was closed');
      same(await echoed(socket, 'still'), 'still');
    }],
    ['notices an expired ping', async () => {
      const socket = open();
      await next(socket, 'open');
      socket._pingTimeoutTime = Date.now() - 1;
      const closed = next(socket, 'close');
      check(socket._hasPingExpired(), 'it is not expired');
      same((await closed)[0], 'ping timeout');
    }, since4],
    ['sends its cookies if it may', async () => {
      const socket = open({ transports: ['polling'], withCredentials: true });
      await greeted(socket);
      await wait(10);
      same(JSON.parse(await echoed(socket, 'sendHeaders')).cookie, '1=1; 2=2');
    }, since4 && polling && !browser],
    ['sends no cookies if it may not', async () => {
      const socket = open({ transports: ['polling'], withCredentials: false });
      await greeted(socket);
      same(JSON.parse(await echoed(socket, 'sendHeaders')).cookie, undefined);
    }, since4 && polling && !browser],
    ['sends many messages in order', async () => {
      const socket = await greeted(open());
      const seen = [];
      socket.on('message', (text) => seen.push(Number(text)));
      for (let i = 0; i < 500; i++) socket.send(String(i));
      while (seen.length < 500) await next(socket, 'message');
      same(seen, Array.from({ length: 500 }, (unused, i) => i));
    }],
    ['opens again after it was closed', async () => {
      const socket = await greeted(open());
      const closed = next(socket, 'close');
      socket.close();
      await closed;
      socket.open();
      await greeted(socket);
    }, !since4],
  ];
  return {
    list: list.filter(([, , condition = true]) => condition),
    end: () => opened.splice(0).forEach((socket) => socket.close()),
  };
}
