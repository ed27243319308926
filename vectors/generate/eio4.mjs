// Packets of Socket.IO protocol 5 and polling payloads of Engine.IO protocol 4, as socket.io-parser and
// engine.io-parser write and read them.
import { decodePayload, encodePayload } from 'engine.io-parser';
import { Decoder, Encoder } from 'socket.io-parser';
import { binary, plain, write } from './write.mjs';

const [CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR] = [0, 1, 2, 3, 4];
const MIXED = '\u00e9 \u20ac \u{1f600} </script> \u2028';
const hole = (num) => ({ _placeholder: true, num });
const eventOf = (...data) => ({ type: EVENT, nsp: '/', data });

// ---- packets.json -----------------------------------------------------------------------------------------------

const packets = {
  'connect': { type: CONNECT, nsp: '/' },
  'connect with a payload': { type: CONNECT, nsp: '/', data: { token: '123' } },
  'connect with an empty payload': { type: CONNECT, nsp: '/', data: {} },
  'connect answer': { type: CONNECT, nsp: '/', data: { sid: 'oSO0OpakMV_3jnilAAAA' } },
  'connect answer with state recovery': { type: CONNECT, nsp: '/', data: { sid: 'a', pid: 'b' } },
  'connect to a namespace': { type: CONNECT, nsp: '/admin' },
  'connect to a namespace with a payload': { type: CONNECT, nsp: '/admin', data: { token: '123' } },
  'connect to a namespace with a query': { type: CONNECT, nsp: '/adm?x=1', data: {} },
  'connect to a namespace of two parts': { type: CONNECT, nsp: '/a/b' },
  'connect to a namespace of all widths': { type: CONNECT, nsp: '/\u00e9\u20ac\u{1f600}' },
  'connect payload of all widths': { type: CONNECT, nsp: '/', data: { name: MIXED } },
  'disconnect': { type: DISCONNECT, nsp: '/' },
  'disconnect from a namespace': { type: DISCONNECT, nsp: '/admin' },
  'refusal': { type: CONNECT_ERROR, nsp: '/', data: { message: 'Not authorized' } },
  'refusal with data': { type: CONNECT_ERROR, nsp: '/', data: { message: 'no', data: { code: 'E1', label: MIXED } } },
  'refusal of a namespace': { type: CONNECT_ERROR, nsp: '/zzz', data: { message: 'Invalid namespace' } },
  'refusal as text': { type: CONNECT_ERROR, nsp: '/', data: 'Unauthorized' },
  'event without arguments': eventOf('a'),
  'event with an empty name': eventOf(''),
  'event with a number for a name': eventOf(7, 'x'),
  'event with a name of all widths': eventOf(MIXED),
  'event with text': eventOf('message', 'hello'),
  'event with empty text': eventOf('message', ''),
  'event with text of all widths': eventOf('message', MIXED),
  'event with a family emoji': eventOf('message', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'),
  'event with lone surrogates': eventOf('message', '\ud83d', '\ude00', 'a\ud83db'),
  'event with separators': eventOf('message', '\u2028\u2029'),
  'event with the payload separator': eventOf('message', 'a\u001eb'),
  'event with control characters': eventOf('message', '\u0000\u0001\b\t\n\u000b\f\r\u001f\u007f\u0080\u009f'),
  'event with quotes and slashes': eventOf('message', '"\\/\''),
  'event with byte order mark and replacement character': eventOf('message', '\ufeff\ufffd\uffff'),
  'event with null': eventOf('message', null),
  'event with booleans': eventOf('message', true, false),
  'event with integers': eventOf('message', 0, 1, -1, 2147483647, 2147483648, 9007199254740991, -9007199254740991),
  'event with fractions': eventOf('message', 0.5, -0.25, 1.75),
  'event with an object': eventOf('message', { a: 1, b: 'x', c: null, d: true }),
  'event with an empty object': eventOf('message', {}),
  'event with an empty array': eventOf('message', []),
  'event with nested values': eventOf('message', { a: [{ b: [[], [{}]] }] }, [1, [2, [3]]]),
  'event with keys of all widths': eventOf('message', { [MIXED]: MIXED, '': '' }),
  'event with keys out of order': eventOf('message', { z: 1, a: 2, m: 3 }),
  'event with several arguments': eventOf('a', 'b', 1, null, [2], { c: 3 }),
  'event with a placeholder of its own': eventOf('message', { _placeholder: true, num: 0 }),
  'event with text that looks like a packet': eventOf('42["a"]', '2["a"]'),
  'event with a long text': eventOf('message', 'x'.repeat(2000)),
  'event in a namespace': { type: EVENT, nsp: '/admin', data: ['a', 1] },
  'event in a namespace with text of all widths': { type: EVENT, nsp: '/\u00e9', data: ['a', MIXED] },
  'event with acknowledgement 0': { type: EVENT, nsp: '/', id: 0, data: ['a'] },
  'event with acknowledgement 1': { type: EVENT, nsp: '/', id: 1, data: ['a'] },
  'event with acknowledgement 13': { type: EVENT, nsp: '/', id: 13, data: ['a', 'b'] },
  'event with acknowledgement 2^31': { type: EVENT, nsp: '/', id: 2 ** 31, data: ['a'] },
  'event with acknowledgement in a namespace': { type: EVENT, nsp: '/admin', id: 0, data: ['a'] },
  'acknowledgement without arguments': { type: ACK, nsp: '/', id: 0, data: [] },
  'acknowledgement 1': { type: ACK, nsp: '/', id: 1, data: ['x'] },
  'acknowledgement 13': { type: ACK, nsp: '/', id: 13, data: [null, { a: MIXED }] },
  'acknowledgement 2^31': { type: ACK, nsp: '/', id: 2 ** 31, data: [1] },
  'acknowledgement in a namespace': { type: ACK, nsp: '/admin', id: 456, data: [] },
  'binary event': eventOf('a', binary(1, 2, 3)),
  'binary event with an empty binary': eventOf('a', binary()),
  'binary event with all byte values': eventOf('a', Buffer.from(Array.from({ length: 256 }, (_, i) => i))),
  'binary event with two binaries': eventOf('message', binary(1), binary(2, 3)),
  'binary event with the same bytes twice': eventOf('a', binary(1), binary(1)),
  'binary event with nested binaries': eventOf('a', { x: [binary(1), { y: binary(2) }], z: 'text' }, [[binary(3)]], binary(4)),
  'binary event with keys out of order': eventOf('a', { z: binary(1), a: binary(2), m: binary(3) }),
  'binary event with text of all widths': eventOf(MIXED, binary(0xff), MIXED),
  'binary event with null beside the binary': eventOf('a', null, binary(1), { b: null }),
  'binary event in a namespace': { type: EVENT, nsp: '/admin', data: ['a', binary(1)] },
  'binary event with acknowledgement 0': { type: EVENT, nsp: '/', id: 0, data: ['a', binary(1)] },
  'binary event with acknowledgement in a namespace': { type: EVENT, nsp: '/admin', id: 13, data: ['a', binary(1)] },
  'binary event with ten binaries': eventOf('a', ...Array.from({ length: 10 }, (_, i) => binary(i))),
  'binary acknowledgement': { type: ACK, nsp: '/', id: 13, data: [binary(1, 2, 3)] },
  'binary acknowledgement 0 with an empty binary': { type: ACK, nsp: '/', id: 0, data: [{ a: binary() }] },
  'binary acknowledgement in a namespace': { type: ACK, nsp: '/admin', id: 2 ** 31, data: ['x', [binary(9)], binary(8)] },
};

const packetVectors = Object.entries(packets).map(([name, packet]) => {
  const wire = new Encoder().encode(structuredCopy(packet)).map(plain);
  const { result, error } = decode(wire.map(unplain));
  if (error || JSON.stringify(result) !== JSON.stringify(order(plain(packet)))) throw new Error(`${name} does not come back`);
  return { name, packet: order(plain(packet)), wire };
});

// ---- decode.json ------------------------------------------------------------------------------------------------

const frames = {
  'connect': ['0'],
  'connect with a payload': ['0{"token":"x"}'],
  'connect with an empty payload': ['0{}'],
  'connect with a nested payload': ['0{"a":{"b":[1]}}'],
  'connect, no comma after the namespace': ['0/foo'],
  'connect, comma after the namespace': ['0/foo,'],
  'connect with namespace and payload': ['0/foo,{"token":"x"}'],
  'connect, query in the namespace': ['0/adm?x=1,{}'],
  'connect, query in the namespace, no comma': ['0/adm?x=1'],
  'connect, root namespace spelled out': ['0/,{}'],
  'connect, root namespace without comma': ['0/'],
  'connect, namespace of all widths': ['0/\u00e9\u20ac\u{1f600},'],
  'connect, payload without comma is namespace': ['0/foo{"a":1}'],
  'connect, payload without comma, comma in the JSON': ['0/foo{"a":1,"b":2}'],
  'connect, empty namespace and comma': ['0,{}'],
  'connect with an id': ['05{}'],
  'connect with an array': ['0[]'],
  'connect with a text': ['0"token"'],
  'connect with null': ['0null'],
  'connect with true': ['0true'],
  'connect with a number is an id': ['0123'],
  'connect with bad JSON': ['0{'],
  'connect with two payloads': ['0{}{}'],
  'connect with trailing garbage': ['0{"a":1}x'],
  'disconnect': ['1'],
  'disconnect from a namespace': ['1/admin,'],
  'disconnect from a namespace, no comma': ['1/admin'],
  'disconnect with an object': ['1{}'],
  'disconnect with null': ['1null'],
  'disconnect with garbage': ['1x'],
  'disconnect with an id': ['11'],
  'disconnect from a namespace with an object': ['1/admin,{}'],
  'event': ['2["x"]'],
  'event with arguments': ['2["x",1,null,{"a":[]}]'],
  'event with spaces in the JSON': ['2[ "x" ,\t1\r\n]'],
  'event with spaces after the JSON': ['2["x"] \n'],
  'event in a namespace': ['2/nsp,["x"]'],
  'event in a namespace, comma in the JSON': ['2/nsp,["x","a,b"]'],
  'event in the root namespace spelled out': ['2/,["x"]'],
  'event in a namespace, no comma': ['2/nsp["x"]'],
  'event in a namespace, no comma, comma in the JSON': ['2/nsp["x",1]'],
  'event in a namespace, id before the namespace': ['21/nsp,["x"]'],
  'event in a namespace with a slash in the JSON': ['2["/x,y"]'],
  'event without payload': ['2'],
  'event in a namespace without payload': ['2/nsp,'],
  'event with an id without payload': ['213'],
  'event with an object': ['2{}'],
  'event with an empty array': ['2[]'],
  'event with a text': ['2"x"'],
  'event with null': ['2null'],
  'event named by a number': ['2[1,"x"]'],
  'event named by a fraction': ['2[0.5]'],
  'event named by a negative number': ['2[-1]'],
  'event named by null': ['2[null]'],
  'event named by true': ['2[true]'],
  'event named by an object': ['2[{}]'],
  'event named by an array': ['2[["x"]]'],
  'event with an empty name': ['2[""]'],
  'event named message': ['2["message","x"]'],
  'event named error': ['2["error"]'],
  'event named __proto__': ['2["__proto__","x"]'],
  'event named constructor': ['2["constructor"]'],
  ...Object.fromEntries(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']
    .map((name) => [`event with the reserved name ${name}`, [`2["${name}","x"]`]])),
  'event with a reserved name spelled with an escape': ['2["\\u0063onnect"]'],
  'event named Connect': ['2["Connect"]'],
  'acknowledgement with a reserved name inside': ['31["connect"]'],
  'event with acknowledgement 0': ['20["x"]'],
  'event with acknowledgement 13': ['213["x"]'],
  'event with leading zeros in the id': ['2007["x"]'],
  'event with acknowledgement 2^31': ['22147483648["x"]'],
  'event with acknowledgement 2^53-1': ['29007199254740991["x"]'],
  'event with acknowledgement 2^53+1': ['29007199254740993["x"]'],
  'event with an id of 22 digits': ['21000000000000000000000["x"]'],
  'event with an id of 400 digits': [`2${'9'.repeat(400)}["x"]`],
  'event with a fraction for an id': ['21.5["x"]'],
  'event with a negative id': ['2-1["x"]'],
  'event with a space for an id': ['2 ["x"]'],
  'event with a space after the id': ['21 ["x"]'],
  'event with a space before the id': ['2 1["x"]'],
  'event with a line end for an id': ['2\n["x"]'],
  'event with an exponent in the id': ['21e1["x"]'],
  'event with Arabic digits for an id': ['2\u0661["x"]'],
  'event with a comma before the JSON': ['2,["x"]'],
  'event with trailing garbage': ['2["x"]y'],
  'event with a second array': ['2["x"]["y"]'],
  'event with bad JSON': ['2["x"'],
  'event with a trailing comma in the JSON': ['2["x",]'],
  'event with single quotes': ["2['x']"],
  'event with a name without quotes': ['2[x]'],
  'event with NaN': ['2["x",NaN]'],
  'event with undefined': ['2["x",undefined]'],
  'event with a comment in the JSON': ['2["x"/*c*/]'],
  'event with a raw control character in a text': ['2["x\u0001"]'],
  'event with a raw line end in a text': ['2["x\n"]'],
  'event with raw separators in a text': ['2["x\u2028\u2029"]'],
  'event with an unknown escape': ['2["\\x"]'],
  'event with escaped surrogates': ['2["x","\\ud83d\\ude00"]'],
  'event with an escaped lone surrogate': ['2["x","\\ud83d"]'],
  'event with a raw lone surrogate': ['2["x","\ud83d"]'],
  'event with text of all widths': [`2["x",${JSON.stringify(MIXED)}]`],
  'event with a byte order mark before the JSON': ['2\ufeff["x"]'],
  'event with leading zeros in a number': ['2["x",01]'],
  'event with a plus in a number': ['2["x",+1]'],
  'event with a bare fraction': ['2["x",.5]'],
  'event with numbers': ['2["x",0,-1,1.5,1E2,1e-2,9007199254740991]'],
  'event with a number beyond 2^53': ['2["x",9007199254740993]'],
  'event with a number beyond a double': ['2["x",1e400]'],
  'event with a key twice': ['2["x",{"a":1,"a":2}]'],
  'event with the key __proto__': ['2["x",{"__proto__":{"a":1}}]'],
  'event with a placeholder': ['2["x",{"_placeholder":true,"num":0}]'],
  'event nested a hundred deep': [`2["x",${'['.repeat(100)}${']'.repeat(100)}]`],
  'acknowledgement': ['313["x"]'],
  'acknowledgement without arguments': ['30[]'],
  'acknowledgement in a namespace': ['3/nsp,1["x"]'],
  'acknowledgement without id': ['3["x"]'],
  'acknowledgement without payload': ['31'],
  'acknowledgement with nothing': ['3'],
  'acknowledgement with an object': ['31{}'],
  'acknowledgement with a text': ['31"x"'],
  'acknowledgement with null': ['31null'],
  'acknowledgement with bad JSON': ['31['],
  'refusal': ['4{"message":"no"}'],
  'refusal as text': ['4"no"'],
  'refusal of a namespace': ['4/nsp,{"message":"Invalid namespace"}'],
  'refusal without payload': ['4'],
  'refusal with an array': ['4[]'],
  'refusal with a number is an id': ['41'],
  'refusal with null': ['4null'],
  'refusal with bad JSON': ['4{"message"'],
  'type 7': ['7'],
  'type 8 with JSON': ['8["x"]'],
  'type 9': ['9'],
  'a letter for a type': ['a["x"]'],
  'JSON without a type': ['["x"]'],
  'a minus for a type': ['-1'],
  'an Arabic digit for a type': ['\u0662["x"]'],
  'empty packet': [''],
  'a space for a type': [' '],
  'a space for a type, with JSON': [' {"a":1}'],
  'binary event': ['51-["x",{"_placeholder":true,"num":0}]', binary(1, 2, 3)],
  'binary event with an empty binary': ['51-["x",{"_placeholder":true,"num":0}]', binary()],
  'binary event in a namespace with an id': ['51-/nsp,13["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with two binaries': ['52-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', binary(1), binary(2)],
  'binary event with placeholders in reverse': ['52-["x",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]', binary(1), binary(2)],
  'binary event with one binary in two places': ['51-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with a binary in no place': ['52-["x",{"_placeholder":true,"num":1}]', binary(1), binary(2)],
  'binary event with no placeholder': ['51-["x"]', binary(1)],
  'binary event with more keys in the placeholder': ['51-["x",{"num":0,"_placeholder":true,"y":1}]', binary(1)],
  'binary event with a nested placeholder': ['51-["x",{"a":[{"b":{"_placeholder":true,"num":0}}]}]', binary(1)],
  'binary event of ten binaries': [`510-["x",${Array.from({ length: 10 }, (_, i) => JSON.stringify(hole(i)))}]`,
    ...Array.from({ length: 10 }, (_, i) => binary(i))],
  'binary acknowledgement': ['61-13[{"_placeholder":true,"num":0}]', binary(1)],
  'binary acknowledgement in a namespace': ['61-/nsp,0[{"_placeholder":true,"num":0}]', binary(1)],
  'binary acknowledgement without id': ['61-[{"_placeholder":true,"num":0}]', binary(1)],
  'binary event still waiting': ['51-["x",{"_placeholder":true,"num":0}]'],
  'binary event still waiting for the second': ['52-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', binary(1)],
  'binary event without payload, still waiting': ['51-'],
  'binary event without payload': ['51-', binary(1)],
  'binary event without payload in a namespace': ['51-/nsp,', binary(1)],
  'binary event without a count': ['5-["x"]'],
  'binary event without count and hyphen': ['5["x"]'],
  'binary event with nothing': ['5'],
  'binary event with a count and nothing more': ['51'],
  'binary event of no binaries': ['50-["x"]'],
  'binary event of eleven binaries': ['511-["x"]'],
  'binary event of very many binaries': ['51000000000-["x"]'],
  'binary event with a negative count': ['5-1-["x"]'],
  'binary event with a fraction for a count': ['51.5-["x"]'],
  'binary event with a whole fraction for a count': ['51.0-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with an exponent in the count': ['51e0-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with a hexadecimal count': ['50x1-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with leading zeros in the count': ['501-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with a space before the count': ['5 1-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with a plus in the count': ['5+1-["x",{"_placeholder":true,"num":0}]', binary(1)],
  'binary event with a letter for a count': ['5x-["x"]'],
  'binary event with the namespace before the count': ['5/nsp,1-["x"]'],
  'binary event with an object': ['51-{}'],
  'binary event with an empty array': ['51-[]'],
  'binary event with a reserved name': ['51-["connect",{"_placeholder":true,"num":0}]'],
  'binary event with a placeholder for a name': ['51-[{"_placeholder":true,"num":0}]'],
  'binary event with bad JSON': ['51-["x",{"_placeholder":true,"num":0}'],
  'binary event with trailing garbage': ['51-["x",{"_placeholder":true,"num":0}]x'],
  'binary acknowledgement of no binaries': ['60-1[]'],
  'binary acknowledgement without a count': ['6-1[]'],
  'binary acknowledgement of eleven binaries': ['611-1[]'],
  'binary acknowledgement with an object': ['61-1{}'],
  'placeholder beyond the binaries': ['51-["x",{"_placeholder":true,"num":1}]', binary(1)],
  'placeholder with a negative number': ['51-["x",{"_placeholder":true,"num":-1}]', binary(1)],
  'placeholder with a text for a number': ['51-["x",{"_placeholder":true,"num":"0"}]', binary(1)],
  'placeholder with null for a number': ['51-["x",{"_placeholder":true,"num":null}]', binary(1)],
  'placeholder without a number': ['51-["x",{"_placeholder":true}]', binary(1)],
  'placeholder with a text for true': ['51-["x",{"_placeholder":"true","num":0}]', binary(1)],
  'placeholder with false': ['51-["x",{"_placeholder":false,"num":0}]', binary(1)],
  'placeholder with a fraction': ['51-["x",{"_placeholder":true,"num":0.5}]', binary(1)],
  'placeholder with a whole fraction': ['51-["x",{"_placeholder":true,"num":0.0}]', binary(1)],
  'second placeholder is bad': ['52-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":2}]', binary(1), binary(2)],
  'text instead of the binary': ['51-["x",{"_placeholder":true,"num":0}]', '2["y"]'],
  'text instead of the second binary': ['52-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', binary(1), '2["y"]'],
  'another binary header instead of the binary': ['51-["x",{"_placeholder":true,"num":0}]', '51-["x",{"_placeholder":true,"num":0}]'],
  'disconnect instead of the binary': ['51-["x",{"_placeholder":true,"num":0}]', '1'],
  'binary without a header': [binary(1)],
  'binary after a plain event': ['2["x"]', binary(1)],
  'one binary too many': ['51-["x",{"_placeholder":true,"num":0}]', binary(1), binary(2)],
};

const decodeVectors = Object.entries(frames).map(([name, wire]) => {
  const { results, error, errorAt } = decode(wire);
  if (results.length > 1) throw new Error(`${name} holds more than one packet`);
  const vector = { name, wire: wire.map(plain) };
  if (error === undefined && wire.some(isLenient)) vector.lenient = true;
  if (results.length > 0 || error === undefined) vector.result = results[0] ?? null;
  if (error !== undefined) Object.assign(vector, { error, errorAt });
  return vector;
});

/** Returns whether a frame is only accepted because JavaScript converts nearly any text to a number: type, count, id or place. */
function isLenient(frame) {
  if (typeof frame !== 'string') return false;
  return !/^(?:[0-4]|[56]\d+-)(?:\/[^,]*(?:,|$))?\d{0,16}(?:[[{"][^]*)?$/.test(frame) || /"num":\d+\./.test(frame);
}

/** Passes the frames to a new decoder, up to the first rejected frame. */
function decode(wire) {
  const results = [];
  const decoder = new Decoder();
  decoder.on('decoded', (packet) => results.push(order(plain(packet))));
  for (const [at, frame] of wire.entries()) {
    try {
      decoder.add(frame);
    } catch (refused) {
      return { results, result: results[0], error: refused.message, errorAt: at };
    }
  }
  return { results, result: results[0] };
}

/** Removes the attachment count of a binary packet: it is irrelevant after the attachments are in place. */
function order({ type, nsp, id, data }) {
  return { type, nsp, ...(id !== undefined && { id }), ...(data !== undefined && { data }) };
}

/** Copies the packet: the encoder changes its input. */
function structuredCopy(value) {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(structuredCopy);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, structuredCopy(inside)]));
}

function unplain(frame) {
  return typeof frame === 'string' ? frame : Buffer.from(frame.base64, 'base64');
}

// ---- payloads.json ----------------------------------------------------------------------------------------------

const message = (data) => ({ type: 'message', data });

const outgoing = {
  'open': [{ type: 'open', data: '{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}' }],
  'close': [{ type: 'close' }],
  'ping': [{ type: 'ping' }],
  'ping with data': [{ type: 'ping', data: 'probe' }],
  'pong': [{ type: 'pong' }],
  'pong with data': [{ type: 'pong', data: 'probe' }],
  'upgrade': [{ type: 'upgrade' }],
  'noop': [{ type: 'noop' }],
  'message': [message('hello')],
  'message without data': [{ type: 'message' }],
  'message with empty text': [message('')],
  'message with text of all widths': [message(MIXED)],
  'message that is a Socket.IO event': [message('2["a","\u20ac"]')],
  'two messages': [message('hello'), message('\u20ac')],
  'binary message': [message(binary(1, 2, 3, 4))],
  'empty binary message': [message(binary())],
  'binary of one byte': [message(binary(0xff))],
  'binary of two bytes': [message(binary(0xfb, 0xff))],
  'binary of all byte values': [message(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))],
  'text and binary': [message('hello'), message(binary(1, 2, 3, 4))],
  'binary event with its attachments': [message('52-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'), message(binary(1)), message(binary())],
  'all types': ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'].map((type) => ({ type })),
  'message that contains the separator': [message('a\u001eb')],
  'message that starts like a binary': [message('bAQID')],
  'messages and a close': [message('a'), message('b'), { type: 'close' }],
  'no packets': [],
};

const incoming = {
  'one message': '4hello',
  'two messages': '4hello\u001e4world',
  'message and binary': '4hello\u001ebAQIDBA==',
  'message and noop': '4a\u001e6',
  'message without data': '4',
  'message with text of all widths': `4${MIXED}`,
  'message with line ends': '4a\r\nb',
  'message with a raw lone surrogate': '4\ud83d',
  'client\'s connect': '40',
  'client\'s pong': '3',
  'client\'s close': '1',
  'empty payload': '',
  'only a separator': '\u001e',
  'separator at the end': '4a\u001e',
  'separator at the start': '\u001e4a',
  'two separators': '4a\u001e\u001e4b',
  'type 7': '7',
  'type 9 with data': '9abc',
  'a letter for a type': 'a',
  'a capital B for a type': 'BAQID',
  'a space for a type': ' 4a',
  'JSON': '{}',
  'a quote for a type': '"4a"',
  'old length framing': '6:4hello',
  'good, then bad': '4a\u001ex',
  'good, then bad, then good': '4a\u001ex\u001e4b',
  'bad, then good': 'x\u001e4b',
  'a property name of every object for a type': '__proto__',
  'binary': 'bAQID',
  'binary, empty': 'b',
  'binary, one byte': 'b/w==',
  'binary, two bytes': 'b+/8=',
  'binary without padding': 'b/w',
  'binary in the URL alphabet': 'b-_8=',
  'binary with a line end inside': 'bAQ\nID',
  'binary with a space inside': 'bAQ ID',
  'binary with text after the padding': 'b/w==AQID',
  'binary with only padding': 'b====',
  'binary with characters outside the alphabet': 'b!!!!',
  'binary with some characters outside the alphabet': 'bAQ*ID',
  'binary of one character': 'bA',
  'binary with leftover bits': 'b/x==',
  'binary with a type digit before it': 'b4AQIDBA==',
  'binary with non-ASCII text': 'b\u20ac',
};

const encodeVectors = Object.entries(outgoing).map(([name, list]) => {
  let payload = '';
  encodePayload(list, (encoded) => { payload = encoded; });
  const back = JSON.stringify(decodePayload(payload).map(plain)) === JSON.stringify(list.map(plain));
  return { name: `encode: ${name}`, use: back ? 'both' : 'encode', packets: list.map(plain), payload };
});
const decodePayloadVectors = Object.entries(incoming).map(([name, payload]) => (
  { name: `decode: ${name}`, use: 'decode', payload, packets: decodePayload(payload).map(plain) }));

const WITHOUT_PREFIX = 'Frames are what the parser sees: text comes without the "4" of the Engine.IO message around it, '
  + 'binary as {"base64":"..."}.';

write('eio4/packets.json', ['socket.io-parser'],
  `packet -> wire, and back. ${WITHOUT_PREFIX} The packet has the type its sender gave, 2 or 3; the encoder makes it 5 or 6 if `
  + 'there are binaries.', packetVectors);
write('eio4/decode.json', ['socket.io-parser'],
  `wire -> result, or error. ${WITHOUT_PREFIX} A null result: no packet yet, the decoder waits for more binaries. errorAt is the `
  + 'index of the refused frame; a result beside an error is the packet complete before it. lenient: '
  + 'accepted only because JavaScript makes a number of nearly anything; a stricter decoder may refuse it. NaN and Infinity, which JSON lacks, '
  + 'are "NaN" and "Infinity".', decodeVectors);
write('eio4/payloads.json', ['engine.io-parser'],
  'packets <-> payload of a polling body; use says which ways hold (encode, decode, both). Decoding stops at the first bad '
  + 'packet, which shows as type "error". Binary is {"base64":"..."}.', [...encodeVectors, ...decodePayloadVectors]);
