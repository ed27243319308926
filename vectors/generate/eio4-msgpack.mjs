// Socket.IO packets as socket.io-msgpack-parser writes and reads them: vectors/eio4/msgpack-packets.json, msgpack-decode.json.
import { binary, require, write } from './write.mjs';

const { Decoder, Encoder } = require('socket.io-msgpack-parser');
const encode = (packet) => new Encoder().encode(packet)[0];

const MIXED = 'a\u00e9\u20ac\ud83d\ude00\u2028"\\/</script>';

// ---- msgpack-packets.json -----------------------------------------------------------------------------------------

const event = (...data) => ({ type: 2, nsp: '/', data });
const values = {
  'no arguments': [],
  'null, true and false': [null, true, false],
  'empty text': [''],
  'text of all widths': [MIXED],
  'control characters': ['\u0000\u0001\b\t\n\f\r\u001f\u007f'],
  'text of 31 bytes': ['x'.repeat(31)],
  'text of 32 bytes': ['x'.repeat(32)],
  'text of 255 bytes': ['x'.repeat(255)],
  'text of 256 bytes': ['x'.repeat(256)],
  'text of 65535 bytes': ['x'.repeat(65535)],
  'text of 65536 bytes': ['x'.repeat(65536)],
  'text of 33 characters in 99 bytes': ['\u20ac'.repeat(33)],
  'whole numbers': [0, 1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, 9007199254740991],
  'negative whole numbers': [-1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, -9007199254740991],
  'fractions': [0.1, -0.5, 2.5e-300, 5e-324, 1e-7, 3.141592653589793],
  'arrays': [[], [[]], [1, [2, [3]]]],
  'array of 15': [Array.from({ length: 15 }, (_, i) => i)],
  'array of 16': [Array.from({ length: 16 }, (_, i) => i)],
  'array of 65536': [Array.from({ length: 65536 }, () => 0)],
  'objects': [{}, { a: 1, b: { c: [] } }, { '': null, [MIXED]: MIXED }],
  'object of 15': [Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`k${i}`, i]))],
  'object of 16': [Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`k${i}`, i]))],
  'arrays of 16 in an array of 16': [Array.from({ length: 16 }, () => Array.from({ length: 16 }, (_, i) => i))],
  'binary': [binary(1, 2, 3)],
  'empty binary': [binary()],
  'binaries anywhere': [{ a: [binary(1), { b: binary(2) }] }, binary(3)],
  'binary of 255 bytes': [Buffer.alloc(255, 7)],
  'binary of 256 bytes': [Buffer.alloc(256, 7)],
  'binary of 65536 bytes': [Buffer.alloc(65536, 7)],
  'what looks like a placeholder': [{ _placeholder: true, num: 0 }],
  'what says it is no placeholder, and binary': [{ _placeholder: false, num: 0 }, binary(1)],
};
const packets = {
  'connect': { type: 0, nsp: '/' },
  'connect with data': { type: 0, nsp: '/', data: { token: 'x' } },
  'connect to a namespace': { type: 0, nsp: '/admin', data: {} },
  'connect to a namespace of all widths': { type: 0, nsp: `/${MIXED}` },
  'connected': { type: 0, nsp: '/', data: { sid: 'lv_VI97HAXpY6yYWAAAC' } },
  'disconnect': { type: 1, nsp: '/' },
  'disconnect from a namespace': { type: 1, nsp: '/admin' },
  ...Object.fromEntries(Object.entries(values).map(([name, args]) => [`event with ${name}`, event('x', ...args)])),
  'event with a number for a name': event(1, 'x'),
  'event in a namespace': { type: 2, nsp: '/admin', data: ['x'] },
  'event with id 0': { type: 2, nsp: '/', id: 0, data: ['x'] },
  'event with id 2^53-1': { type: 2, nsp: '/admin', id: 9007199254740991, data: ['x', binary(1)] },
  'acknowledgement': { type: 3, nsp: '/', id: 13, data: [] },
  'acknowledgement in a namespace': { type: 3, nsp: '/admin', id: 300, data: ['x', null] },
  'acknowledgement with binary': { type: 3, nsp: '/', id: 0, data: [binary(1), { a: binary() }] },
  'refusal': { type: 4, nsp: '/', data: { message: 'Invalid namespace' } },
  'refusal with data': { type: 4, nsp: '/admin', data: { message: 'no', data: { code: 1 } } },
};

const packetVectors = Object.entries(packets).map(([name, packet]) => (
  { name, packet: stringified(packet), wire: base64(encode(packet)) }));

// ---- msgpack-decode.json --------------------------------------------------------------------------------------------

const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const [TYPE, NSP, DATA, ID] = ['type', 'nsp', 'data', 'id'].map((key) => encode(key).toString('hex'));
const ROOT = encode('/').toString('hex');
/** An event of one argument in hexadecimal digits. */
const of = (argument) => hex(`83 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} 92 a178 ${argument}`);
const view = Uint8Array.of(1, 2, 3);

const wires = {
  // Additional fields of the official client
  'event as the client writes it': encode({ type: 2, data: ['x', 1], options: { compress: true }, id: 0, nsp: '/' }),
  'connect as the client writes it': encode({ type: 0, data: undefined, nsp: '/' }),
  'connect as the server writes it': encode({ type: 0, data: { sid: 'x', pid: undefined }, nsp: '/' }),
  'id undefined': encode({ type: 2, nsp: '/', data: ['x'], id: undefined }),
  // Values that JSON does not have
  'date': encode(event('x', new Date(0))),
  'dates': encode(event('x', ...[1, -1, 951782400000, 951868799999, 951868800000, 4107542399999, 4107542400000,
    1767225599999, -62135596800000, -62167219200000, -62167219200001, 253402300799999, 253402300800000,
    8640000000000000, -8640000000000000].map((time) => new Date(time)))),
  'date beyond dates': of('d700 7fffffffffffffff'),
  'date before dates': of('d700 8000000000000000'),
  'no date': encode(event('x', new Date(NaN))),
  'undefined': encode(event('x', undefined, [undefined], { a: undefined, b: 1, c: undefined })),
  'undefined of any byte': of('d40007'),
  'not a number': encode(event('x', NaN, Infinity, -Infinity)),
  'minus zero': of('cb 8000000000000000'),
  'array buffer': encode(event('x', view.buffer)),
  'typed array': encode(event('x', view)),
  'empty array buffer': encode(event('x', new ArrayBuffer(0))),
  'object with toJSON': encode(event('x', { toJSON: () => ({ a: 1 }) })),
  'map with functions': encode(event('x', { a: 1, f() {} })),
  // Forms that the original reads but does not write
  'float 32': of('ca 3fc00000'),
  'float 32 that is whole': of('ca 3f800000'),
  'double that is whole': of('cb 3ff0000000000000'),
  'double of 2^53': of('cb 4340000000000000'),
  'one in every size': of('99 01 cc01 cd0001 ce00000001 cf0000000000000001 d001 d10001 d200000001 d30000000000000001'),
  'minus one in every size': of('95 ff d0ff d1ffff d2ffffffff d3ffffffffffffffff'),
  'text in every size': of('94 a178 d90178 da000178 db0000000178'),
  'binary in every size': of('93 c40101 c5000101 c60000000101'),
  'array in every size': of('93 9101 dc000101 dd0000000101'),
  'map in every size': of('93 81a16101 de0001a16101 df00000001a16101'),
  'array buffer in every size': of('93 c7010001 c800010001 c9000000010001'),
  'extension of one byte': of('d40507'),
  'extensions of fixed sizes': of('94 d5050102 d60501020304 d7050102030405060708 d80500000000000000000000000000000000'),
  'type 0 in fixed sizes': of('93 d5000102 d60001020304 d80000000000000000000000000000000000'),
  'extension of any size': of('c7030501 0203'),
  'timestamp of the specification': of('d6ff 00000001'),
  'negative type': of('d4ff07'),
  'equal keys': hex(`85 ${TYPE} 03 ${TYPE} 02 ${NSP} a3666f6f ${NSP} ${ROOT} ${DATA} 91a178`),
  'equal keys of data': hex(`84 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} 91c40101 ${DATA} 91a178`),
  'keys that nobody asked for': hex(`85 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} 91a178 a161 c40101 a162 82a163c0a16491d40000`),
  'a whole double for a type': hex(`83 ${TYPE} cb4000000000000000 ${NSP} ${ROOT} ${DATA} 91a178`),
  'a whole double for an id': hex(`84 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} 91a178 ${ID} cb4000000000000000`),
  'number for a key': of('81 01 02'),
  'negative number for a key': of('81 ff 02'),
  'null for a key': of('81 c0 02'),
  'array for a key': of('81 9101 02'),
  'fraction for a key': of('81 cb3fe0000000000000 02'),
  'number for a key of the packet': hex(`84 01 01 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} 91a178`),
  'text that is not UTF-8': of('a1ff'),
  'overlong text': of('a2c080'),
  'surrogate in text': of('a3eda080'),
  'uint 64 beyond doubles': of('cf ffffffffffffffff'),
  'int 64 beyond doubles': of('d3 8000000000000001'),
  'namespace without slash': encode({ type: 0, nsp: 'foo' }),
  'empty namespace': encode({ type: 0, nsp: '' }),
  'namespace with a comma': encode({ type: 0, nsp: '/a,b' }),
  'event without a name': encode({ type: 2, nsp: '/', data: [] }),
  'event with a reserved name': encode(event('disconnect')),
  'event with an object for a name': encode(event({})),
  'event with null for a name': encode(event(null)),
  'event with binary for a name': encode(event(binary(1))),
  'negative id': encode({ type: 2, nsp: '/', data: ['x'], id: -1 }),
  'id 2^53': encode({ type: 2, nsp: '/', data: ['x'], id: 9007199254740992 }),
  'acknowledgement without id': encode({ type: 3, nsp: '/', data: ['x'] }),
  'eleven binaries': encode(event('x', ...Array.from({ length: 11 }, () => binary(1)))),
  'what looks like a placeholder beside binary': encode(event('x', { _placeholder: true, num: 0 }, binary(1))),
  'what looks like a placeholder of nothing': encode(event('x', { _placeholder: true, num: 7 })),
  'binary in connect': encode({ type: 0, nsp: '/', data: { a: binary(1) } }),
  'refusal with a text': encode({ type: 4, nsp: '/', data: 'no' }),
  // Packets that the original rejects
  'nothing': hex(''),
  'null': hex('c0'),
  'number': hex('01'),
  'text': hex('a178'),
  'array': hex('90'),
  'empty map': hex('80'),
  'byte c1': hex('c1'),
  'byte c1 inside': of('c1'),
  'no type': encode({ nsp: '/', data: ['x'] }),
  'type undefined': encode({ type: undefined, nsp: '/', data: ['x'] }),
  'type 5': encode({ type: 5, nsp: '/', data: ['x'] }),
  'type 6': encode({ type: 6, nsp: '/', data: ['x'], id: 1 }),
  'negative type of packet': encode({ type: -1, nsp: '/', data: ['x'] }),
  'text for a type': encode({ type: '2', nsp: '/', data: ['x'] }),
  'fraction for a type': encode({ type: 1.5, nsp: '/', data: ['x'] }),
  'null for a type': encode({ type: null, nsp: '/', data: ['x'] }),
  'no namespace': encode({ type: 2, data: ['x'] }),
  'null for a namespace': encode({ type: 2, nsp: null, data: ['x'] }),
  'number for a namespace': encode({ type: 2, nsp: 1, data: ['x'] }),
  'connect with null': encode({ type: 0, nsp: '/', data: null }),
  'connect with an array': encode({ type: 0, nsp: '/', data: [] }),
  'connect with a text': encode({ type: 0, nsp: '/', data: 'x' }),
  'connect with a date': encode({ type: 0, nsp: '/', data: new Date(0) }),
  'connect with binary': encode({ type: 0, nsp: '/', data: binary(1) }),
  'disconnect with data': encode({ type: 1, nsp: '/', data: {} }),
  'disconnect with null': encode({ type: 1, nsp: '/', data: null }),
  'refusal without data': encode({ type: 4, nsp: '/' }),
  'refusal with a number': encode({ type: 4, nsp: '/', data: 1 }),
  'event without data': encode({ type: 2, nsp: '/' }),
  'event with an object': encode({ type: 2, nsp: '/', data: {} }),
  'event with a text': encode({ type: 2, nsp: '/', data: 'x' }),
  'event with binary': encode({ type: 2, nsp: '/', data: binary(1) }),
  'event with an extension': hex(`83 ${TYPE} 02 ${NSP} ${ROOT} ${DATA} d40507`),
  'acknowledgement without data': encode({ type: 3, nsp: '/', id: 1 }),
  'fraction for an id': encode({ type: 2, nsp: '/', data: ['x'], id: 1.5 }),
  'text for an id': encode({ type: 2, nsp: '/', data: ['x'], id: '1' }),
  'null for an id': encode({ type: 2, nsp: '/', data: ['x'], id: null }),
  'bytes after the packet': Buffer.concat([encode(event('x')), hex('01')]),
  'text longer than the packet': of('bf78'),
  'text much longer than the packet': of('dbffffffff78'),
  'binary longer than the packet': of('c4ff01'),
  'binary much longer than the packet': of('c6ffffffff01'),
  'array longer than the packet': of('9f'),
  'map longer than the packet': of('8f'),
  'extension longer than the packet': of('c7ff0001'),
  'packet map longer than the packet': hex('8f'),
  ...Object.fromEntries([...encode({ type: 2, nsp: '/', id: 1, data: ['x', 1.5, { a: 'b' }] }).keys()].map((length) => (
    [`cut after ${length} bytes`, encode({ type: 2, nsp: '/', id: 1, data: ['x', 1.5, { a: 'b' }] }).subarray(0, length)]))),
};

const decodeVectors = Object.entries(wires).map(([name, wire]) => ({ name, wire: base64(wire), ...decode(wire) }));

function decode(wire) {
  let result;
  const decoder = new Decoder();
  decoder.on('decoded', ({ type, nsp, id, data }) => {
    result = { type, nsp, ...(id !== undefined && { id }), ...(data !== undefined && { data: stringified(data) }) };
  });
  try {
    decoder.add(wire);
  } catch (refused) {
    return { error: refused.message };
  }
  return { result };
}

function base64(bytes) {
  return bytes.toString('base64');
}

/** Returns the value as JSON.stringify does, with binary data as {"base64":"…"}. */
function stringified(value) {
  if (value instanceof ArrayBuffer) return { base64: base64(Buffer.from(value)) };
  if (Buffer.isBuffer(value)) return { base64: base64(value) };
  if (Array.isArray(value)) return value.map((inside) => stringified(inside) ?? null);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toJSON();
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, stringified(inside)]));
}

write('eio4/msgpack-packets.json', ['socket.io-msgpack-parser'],
  'packet -> wire, and back. Binary is {"base64":"..."}; wire is base64.', packetVectors);
write('eio4/msgpack-decode.json', ['socket.io-msgpack-parser'],
  'wire -> result, or error. wire is base64. The result is what JSON.stringify makes of the original\'s: a date its text, undefined '
  + 'nothing or null, NaN null; binary, wherever it is, is {"base64":"..."}.', decodeVectors);
