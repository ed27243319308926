// Packets and payloads of generation 1, as server 0.9.19 and client 0.9.17 encode and decode them.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { require, write } from './write.mjs';

const server = require('socket.io-0.9/lib/parser.js');
const client = load('socket.io-client-0.9/dist/socket.io.js').parser;

const SERVER = ['socket.io-0.9'];
const BOTH = ['socket.io-0.9', 'socket.io-client-0.9'];
const MIXED = 'h\u00e9llo \u20ac\u{1f600}';
const M = '\ufffd';

/** Runs the browser build in its own context, without a page. */
function load(name) {
  const world = { module: { exports: {} }, location: {}, navigator: { userAgent: '' } };
  vm.runInNewContext(readFileSync(require.resolve(name), 'utf8'), world);
  return world.module.exports;
}

const packets = {
  'disconnect': { type: 'disconnect' },
  'disconnect from a namespace': { type: 'disconnect', endpoint: '/chat' },
  'connect': { type: 'connect' },
  'connect to a namespace': { type: 'connect', endpoint: '/chat' },
  'heartbeat': { type: 'heartbeat' },
  'noop': { type: 'noop' },
  'message': { type: 'message', data: 'hello' },
  'empty message': { type: 'message', data: '' },
  'message of all widths': { type: 'message', data: MIXED },
  'message to a namespace': { type: 'message', endpoint: '/chat', data: 'hello' },
  'message with an id': { type: 'message', id: 1, ack: true, data: 'hello' },
  'message with an id to a namespace': { type: 'message', id: 5, ack: true, endpoint: '/chat', data: 'hello' },
  'message with colons': { type: 'message', data: ':a:b::' },
  'message with line ends, tab and NUL': { type: 'message', data: 'a\r\nb\nc\td\u0000e' },
  'message with line separators': { type: 'message', data: 'a\u2028b\u2029c' },
  'message that looks like a packet': { type: 'message', data: '5:::{"name":"a"}' },
  'message that looks like a payload': { type: 'message', data: `${M}5${M}3:::a` },
  'message that ends a script': { type: 'message', data: '</script><b>&amp;"\'\\' },
  'JSON object': { type: 'json', data: { a: 1, b: [null, true, MIXED] } },
  'JSON text': { type: 'json', data: 'text' },
  'JSON number': { type: 'json', data: -1.5 },
  'JSON null': { type: 'json', data: null },
  'JSON array to a namespace': { type: 'json', endpoint: '/chat', data: [1, 'a'] },
  'JSON with an id': { type: 'json', id: 3, ack: true, data: {} },
  'event': { type: 'event', name: 'news', args: [1, { b: MIXED }] },
  'event without arguments': { type: 'event', name: 'news', args: [] },
  'event with an id': { type: 'event', id: 2, ack: 'data', name: 'ask', args: ['x'] },
  'event with an id to a namespace': { type: 'event', id: 12, ack: 'data', endpoint: '/chat', name: 'ask' },
  'event with escapes': { type: 'event', name: '"\\\n', args: ['\u0001'] },
  'receipt': { type: 'ack', ackId: '7' },
  'receipt to a namespace': { type: 'ack', ackId: '7', endpoint: '/chat' },
  'answer': { type: 'ack', ackId: '7', args: ['a', { b: 1 }] },
  'answer to a namespace': { type: 'ack', ackId: '7', endpoint: '/chat', args: [MIXED] },
  'answer without arguments': { type: 'ack', ackId: '7', args: [] },
  'error: unauthorized': { type: 'error', endpoint: '/chat', reason: 'unauthorized' },
  'error: unauthorized for the root': { type: 'error', reason: 'unauthorized' },
  'error: not handshaken, reconnect': { type: 'error', reason: 'client not handshaken', advice: 'reconnect' },
};

const texts = {
  'bare disconnect': '0',
  'bare heartbeat': '2',
  'heartbeat with three colons': '2:::',
  'disconnect with three colons': '0:::',
  'message without data': '3::',
  'message with empty data': '3:::',
  'message with a plus and no id': '3:+::a',
  'message with id and plus': '3:1+::a',
  'message with id 0': '3:0::a',
  'id with leading zeros': '3:007::a',
  'id beyond 2^53': '3:9007199254740993+::a',
  'id that is no number': '3:x::a',
  'id with a plus in front': '3:+1::a',
  'two pluses': '3:1++::a',
  'one colon': '3:a',
  'two colons, no data': '3::/chat',
  'type of two digits': '33:::a',
  'type 9': '9:::a',
  'type with a zero': '03:::a',
  'type with a blank': ' 3:::a',
  'no type': ':::a',
  'colons in front': ':3:::a',
  'type in letters': 'message:::a',
  'empty': '',
  'garbage': 'garbage',
  'endpoint without slash': '3::chat:a',
  'endpoint of a slash': '3::/:a',
  'endpoint with a query': '1::/chat?a=b&c=%20',
  'query in the data': '1::/chat:?a=b',
  'JSON with blanks': '4::: {"a" : 1} ',
  'JSON that is none': '4:::{',
  'JSON that is empty': '4:::',
  'JSON false': '4:::false',
  'event with members in another order': '5:::{"args":[1],"name":"a"}',
  'event with other members': '5:::{"x":{"name":"no"},"name":"a","args":[1],"y":"}"}',
  'event with its name twice': '5:::{"name":"a","name":"b"}',
  'event with escapes in a key': '5:::{"n\\u0061me":"a"}',
  'event with null arguments': '5:::{"name":"a","args":null}',
  'event with a text for arguments': '5:::{"name":"a","args":"x"}',
  'event with an object for arguments': '5:::{"name":"a","args":{"b":1}}',
  'event without name': '5:::{"args":[1]}',
  'event with a number for its name': '5:::{"name":5}',
  'event with JSON that is none': '5:::{"name":"a"',
  'event with an array': '5:::["a"]',
  'event without data': '5:::',
  'ack without data': '6:::4',
  'ack with a plus alone': '6:::4+',
  'ack with JSON that is none': '6:::4+[',
  'ack with arguments that are no array': '6:::4+{"a":1}',
  'ack without plus': '6:::4["a"]',
  'ack with id 0': '6:::0',
  'ack without id': '6:::',
  'ack with a line end in its JSON': '6:::4+["a",\n1]',
  'error with both': '7:::1+0',
  'error with an unknown reason': '7:::8+9',
};

const payloads = {
  'two': [server.encodePacket({ type: 'message', data: 'a' }), server.encodePacket({ type: 'message', data: 'b' })],
  'one': ['3:::a'],
  'three of all widths': [`3:::${MIXED}`, '8::', '3:::\u{1f600}\u{1f600}'],
  'with marks inside': [`3:::${M}5${M}`, '3:::a'],
  'with an empty one': ['3:::a', '', '3:::b'],
  'with line ends': ['3:::a\nb', '3:::\r\n'],
};

const broken = {
  'empty': '',
  'the mark alone': M,
  'no second mark': `${M}5`,
  'no number': `${M}${M}3:::a`,
  'a number that is none': `${M}x${M}3:::a`,
  'a negative number': `${M}-5${M}3:::a`,
  'a blank in the number': `${M} 5${M}3:::a`,
  'shorter than promised': `${M}9${M}3:::a`,
  'good, then shorter than promised': `${M}5${M}3:::a${M}9${M}3:::b`,
  'good, then garbage': `${M}5${M}3:::agarbage`,
  'good, then no mark': `${M}5${M}3:::a5${M}3:::b`,
  'good, then a mark': `${M}5${M}3:::a${M}`,
  'zero': `${M}0${M}${M}5${M}3:::a`,
  'cut inside a character': `${M}5${M}3:::\u{1f600}`,
  'counted in bytes': `${M}8${M}3:::\u{1f600}${M}5${M}3:::a`,
  'beyond 2^31': `${M}4294967301${M}3:::a`,
  'leading zeros': `${M}005${M}3:::a`,
  'a packet without frame': '3:::a',
  'two packets without frame': '3:::a3:::b',
};

/** Returns the result of the decoder without values that JSON does not have. */
const said = (packet) => JSON.parse(JSON.stringify(packet));

write('gen1/encode.json', BOTH,
  'packet -> text by the server; read: what the client makes of that text.',
  Object.entries(packets).map(([name, packet]) => {
    const text = server.encodePacket(packet);
    return { name, packet, text, read: said(client.decodePacket(text)) };
  }));
write('gen1/decode.json', BOTH,
  'text -> packet by the server. Texts that a client writes come first; what follows breaks the rules somewhere. Without a '
  + 'type, the server passes over the packet.',
  [...Object.entries(packets).map(([name, packet]) => [name, client.encodePacket(packet)]), ...Object.entries(texts)]
    .map(([name, text]) => ({ name, text, packet: said(server.decodePacket(text)) })));
write('gen1/payloads.json', SERVER,
  'packets -> payload by the server. Lengths count UTF-16 units.',
  Object.entries(payloads).map(([name, list]) => ({ name, packets: list, payload: server.encodePayload(list) })));
const whole = server.decodePacket;
write('gen1/broken-payloads.json', SERVER,
  'payload -> the packets that the server finds in it, before it takes them apart. It never fails.',
  Object.entries(broken).map(([name, payload]) => {
    const found = [];
    server.decodePacket = (text) => { found.push(text); return whole(text); };
    server.decodePayload(payload);
    server.decodePacket = whole;
    return { name, payload, packets: found };
  }));
