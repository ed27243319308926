// Packets of Socket.IO protocol 4 and payloads of Engine.IO protocols 2 and 3, as the parsers of the servers and clients 1.0 to 2.5
// write and read them.
import { binary, plain, require, write } from './write.mjs';

const MIXED = '\u00e9 \u20ac \u{1f600} </script> \u2028';
const hole = (num) => ({ _placeholder: true, num });

// ---- packets.json -----------------------------------------------------------------------------------------------

const [CONNECT, DISCONNECT, EVENT, ACK, ERROR] = [0, 1, 2, 3, 4];
const NEW = 'socket.io-parser-3.4';
const OLD = 'socket.io-parser-2.3';
const eventOf = (...data) => ({ type: EVENT, nsp: '/', data });

const packets = {
  'connect': { type: CONNECT, nsp: '/' },
  'connect to a namespace': { type: CONNECT, nsp: '/admin' },
  'connect to a namespace with a query': { type: CONNECT, nsp: '/admin?token=x&y=%2C' },
  'connect to a namespace of two parts': { type: CONNECT, nsp: '/a/b' },
  'connect to a namespace of all widths': { type: CONNECT, nsp: '/\u00e9\u20ac\u{1f600}' },
  'disconnect': { type: DISCONNECT, nsp: '/' },
  'disconnect from a namespace': { type: DISCONNECT, nsp: '/admin' },
  'refusal': { type: ERROR, nsp: '/', data: 'Not authorized' },
  'refusal of a namespace': { type: ERROR, nsp: '/zzz', data: 'Invalid namespace' },
  'refusal with data': { type: ERROR, nsp: '/', data: { code: 'E1', label: 'x' } },
  'event without arguments': eventOf('a'),
  'event with an empty name': eventOf(''),
  'event with text': eventOf('message', 'hello'),
  'event with text of all widths': eventOf('message', MIXED),
  'event with a name of all widths': eventOf(MIXED),
  'event with keys of all widths': eventOf('message', { [MIXED]: MIXED, '': '' }),
  'event with control characters': eventOf('message', '\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f'),
  'event with quotes and slashes': eventOf('message', '"\\/\''),
  'event with values': eventOf('message', null, true, 0, -1, 0.5, 9007199254740991, {}, [], { a: [{ b: [[]] }] }),
  'event with several arguments': eventOf('a', 'b', 1, null, [2], { c: 3 }),
  'event with a placeholder of its own': eventOf('message', { _placeholder: true, num: 0 }),
  'event in a namespace': { type: EVENT, nsp: '/admin', data: ['a', 1] },
  'event with acknowledgement 0': { type: EVENT, nsp: '/', id: 0, data: ['a'] },
  'event with acknowledgement 13': { type: EVENT, nsp: '/', id: 13, data: ['a', 'b'] },
  'event with acknowledgement in a namespace': { type: EVENT, nsp: '/admin', id: 0, data: ['a'] },
  'acknowledgement without arguments': { type: ACK, nsp: '/', id: 0, data: [] },
  'acknowledgement 13': { type: ACK, nsp: '/', id: 13, data: [null, { a: MIXED }] },
  'acknowledgement in a namespace': { type: ACK, nsp: '/admin', id: 456, data: [] },
  'binary event': { type: EVENT, nsp: '/', data: ['a', binary(1, 2, 3)] },
  'binary event with an empty binary': { type: EVENT, nsp: '/', data: ['a', binary()] },
  'binary event with two binaries': { type: EVENT, nsp: '/', data: ['a', binary(1), { b: [binary(2, 3)] }] },
  'binary event in a namespace with acknowledgement': { type: EVENT, nsp: '/admin', id: 7, data: ['a', binary(1)] },
  'binary event with text of all widths': { type: EVENT, nsp: '/', data: [MIXED, binary(0xff)] },
  'binary acknowledgement': { type: ACK, nsp: '/', id: 13, data: [binary(1, 2)] },
  'binary acknowledgement in a namespace': { type: ACK, nsp: '/admin', id: 0, data: ['x', binary(1)] },
};

/** Returns the packet from a parser. Since 2.0 the parsers find binary data themselves; before, the caller marked it. */
function encode(parser, packet) {
  const hasBinary = JSON.stringify(packet.data ?? null).includes('"type":"Buffer"');
  const type = hasBinary && (packet.type === EVENT || packet.type === ACK) ? packet.type + 3 : packet.type;
  let wire;
  new (require(parser).Encoder)().encode(copy({ ...packet, type }), (frames) => { wire = frames; });
  return wire.map(plain);
}

const packetVectors = Object.entries(packets).map(([name, packet]) => {
  const vector = { name, packet: plain(packet), wire: encode(NEW, packet) };
  const old = encode(OLD, packet);
  if (JSON.stringify(old) !== JSON.stringify(vector.wire)) vector.old = old;
  return vector;
});

// ---- decode.json ------------------------------------------------------------------------------------------------

const frames = {
  'connect with an object': ['0{"a":1}'],
  'connect with a text': ['0"x"'],
  'connect with broken JSON': ['0{'],
  'connect with a comma and nothing more': ['0/admin,'],
  'disconnect with a payload': ['1"x"'],
  'event without payload': ['2'],
  'event with an object': ['2{}'],
  'event with an empty array': ['2[]'],
  'event with null for a name': ['2[null]'],
  'event with an object for a name': ['2[{}]'],
  'event with a number for a name': ['2[7,"x"]'],
  'event with trailing garbage': ['2["x"]x'],
  'event with a comma too many': ['2["x",]'],
  'event with a fraction for an id': ['21.5["x"]'],
  'acknowledgement without id': ['3["x"]'],
  'acknowledgement with an object': ['31{}'],
  'acknowledgement without payload': ['31'],
  'error with a number': ['47'],
  'error with an object': ['4{"a":1}'],
  'empty packet': [''],
  'type 7': ['7'],
  'a letter for a type': ['a'],
  'binary event without a count': ['5-["x"]'],
  'binary event without count and hyphen': ['5["x"]'],
  'binary event of no binaries': ['50-["x"]'],
  'binary event of ten binaries': ['510-["x"]'],
  'binary event of eleven binaries': ['511-["x"]'],
  'binary event of very many binaries': ['51000000000-["x"]'],
  'binary event with a negative count': ['5-1-["x"]'],
  'binary event with a letter for a count': ['5x-["x"]'],
  'binary event with an object': ['51-{}', binary(1)],
  'binary acknowledgement of no binaries': ['60-1[]'],
  'placeholder beyond the binaries': ['51-["x",{"_placeholder":true,"num":1}]', binary(1)],
  'placeholder with a negative number': ['51-["x",{"_placeholder":true,"num":-1}]', binary(1)],
  'placeholder with a text for a number': ['51-["x",{"_placeholder":true,"num":"0"}]', binary(1)],
  'placeholder without a number': ['51-["x",{"_placeholder":true}]', binary(1)],
  'placeholder with false': ['51-["x",{"_placeholder":false,"num":0}]', binary(1)],
  'text instead of the binary': ['51-["x",{"_placeholder":true,"num":0}]', '2["y"]'],
  'binary without a header': [binary(1)],
  'one binary too many': ['51-["x",{"_placeholder":true,"num":0}]', binary(1), binary(2)],
  'both placeholders for one binary': [`51-${JSON.stringify(['x', hole(0), hole(0)])}`, binary(1)],
};

const decodeVectors = Object.entries(frames).map(([name, wire]) => {
  const vector = { name, wire: wire.map(plain) };
  const decoder = new (require(NEW).Decoder)();
  // An unknown type becomes a packet of type ERROR without a namespace, which the server does not deliver.
  decoder.on('decoded', (packet) => { vector.result = packet.nsp === undefined ? null : order(plain(packet)); });
  for (const [at, frame] of wire.entries()) {
    try {
      decoder.add(frame);
    } catch (refused) {
      return { ...vector, error: refused.message, errorAt: at };
    }
  }
  return { ...vector, result: vector.result ?? null };
});

function order({ type, nsp, id, data }) {
  return { type, nsp, ...(id !== undefined && { id }), ...(data !== undefined && { data }) };
}

// ---- payloads.json ----------------------------------------------------------------------------------------------

const PARSERS = ['engine.io-parser-1.0', 'engine.io-parser-1.1', 'engine.io-parser-1.2', 'engine.io-parser-1.3',
  'engine.io-parser-2.1', 'engine.io-parser-2.2'];
const message = (data) => ({ type: 'message', data });
const hasBinary = (list) => list.some(({ data }) => Buffer.isBuffer(data));

/** These versions expect Buffers of Node 0.10; for current Buffers they write zeros in base64. */
const MISREADS = ['engine.io-parser-1.0', 'engine.io-parser-1.1'];

const payloads = {
  'ping': [{ type: 'ping' }],
  'ping with data': [{ type: 'ping', data: 'probe' }],
  'close': [{ type: 'close' }],
  'message': [message('hello')],
  'message with empty text': [message('')],
  'messages and a ping': [message('2["a"]'), { type: 'ping' }, message('2["b"]')],
  'message of a hundred characters': [message('x'.repeat(99)), message('y')],
  'message with text of Latin-1': [message('\u00e9\u00ff')],
  'message with text of all widths': [message(MIXED)],
  'messages with text of all widths': [message(MIXED), message('\u20ac'), message('a')],
  'binary message': [message(binary(1, 2, 3, 4))],
  'empty binary message': [message(binary())],
  'binary of all byte values': [message(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))],
  'text of all widths and binary': [message(MIXED), message(binary(0xff)), message('\u{1f600}')],
};

const payloadVectors = [];
for (const parser of PARSERS) {
  const { encodePayload, encodePacket } = require(parser);
  for (const [name, list] of Object.entries(payloads)) {
    const vector = { name: `${parser.slice(-3)}: ${name}`, parser: parser.slice(-3), packets: list.map(plain) };
    if (!MISREADS.includes(parser) || !hasBinary(list)) encodePayload(copy(list), false, (text) => { vector.text = text; });
    encodePayload(copy(list), true, (bytes) => { if (typeof bytes !== 'string') vector.binary = plain(Buffer.from(bytes)); });
    if (list.length === 1) encodePacket(copy(list[0]), true, (frame) => { vector.frame = plain(frame); });
    payloadVectors.push(vector);
  }
}

/** Copies: encoders change their input. */
function copy(value) {
  if (value === null || typeof value !== 'object') return value;
  // In its own memory block: the oldest parsers use the whole block.
  if (Buffer.isBuffer(value)) return Buffer.from(new Uint8Array(value).buffer);
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, copy(inside)]));
}

write('eio3/packets.json', [NEW, OLD],
  'packet -> wire, and back. Frames are what the parser sees: text comes without the "4" of the Engine.IO message around it, binary as '
  + '{"base64":"..."} without its type. old: what the older parser writes instead. The packet has the type its sender gave, 2 or 3; with '
  + 'binaries it is written as 5 or 6.', packetVectors);
write('eio3/decode.json', [NEW],
  'wire -> result, or error; errorAt is the index of the refused frame. A null result: no packet, or one that nobody hears.', decodeVectors);
write('eio3/payloads.json', PARSERS,
  'packets -> what a client or server with this parser writes: text, the payload in the text framing, as the JavaScript string that is then '
  + 'written in UTF-8 (left out where a parser cannot cope with this Node); binary, the payload in the binary framing, where it differs from text; frame, the single packet on a WebSocket.', payloadVectors);
