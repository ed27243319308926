// Message framing of generation 0, as Socket.IO-node 0.6.18 encodes and decodes it.
import { require, write } from './write.mjs';

const { encode, decode } = require('socket.io/lib/socket.io/utils.js');

const SOURCE = ['socket.io'];
const MIXED = 'h\u00e9llo \u20ac\u{1f600}';

const values = {
  'text': 'hello',
  'empty text': '',
  'null': null,
  'number': 5,
  'zero': 0,
  'negative fraction': -1.5,
  'true': true,
  'false': false,
  'one unit, two bytes': '\u00e9',
  'one unit, three bytes': '\u20ac',
  'two units, four bytes': '\u{1f600}',
  'all widths': MIXED,
  'family emoji with joiners': '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'combining accent': 'e\u0301',
  'lone high surrogate': 'a\ud83d',
  'lone low surrogate': '\ude00b',
  'line and paragraph separator': 'a\u2028b\u2029c',
  'end of a script element': '</script><b>&amp;"\'',
  'line ends, tab and NUL': 'a\r\nb\nc\td\u0000e',
  'replacement character and byte order mark': '\ufffd\ufeff',
  'ten units': '0123456789',
  'a hundred units': 'x'.repeat(100),
  'text that is a frame': '~m~5~m~hello',
  'text that contains a frame mark': 'a~m~b',
  'text that looks like a heartbeat': '~h~1',
  'text that looks like JSON': '~j~{"a":1}',
  'empty object': {},
  'object': { a: 1 },
  'object with all widths': { text: MIXED },
  'object with a lone surrogate': { text: '\ud83d' },
  'object with separators': { text: '\u2028\u2029' },
  'object with a null member': { a: null },
  'nested object': { buffer: [{ message: ['123', 'hi'] }, { announcement: '123 connected' }] },
  'object with a frame inside': { a: '~m~1~m~b' },
  'object with numbers': { i: 1, f: 0.25, n: -7, big: 9007199254740991 },
  'object with escapes': { '"\\\u0001/': '\b\f\n\r\t' },
  'empty array': [],
  'array of texts': ['a', 'b'],
  'array of one': ['a'],
  'array of all kinds': ['a', { b: 1 }, null, 2, true, ''],
  'array in an array': [['a', 'b'], 'c'],
  'array of all widths': [MIXED, '\u{1f600}'],
};

const payloads = {
  'one message': '~m~5~m~hello',
  'two messages': '~m~5~m~hello~m~5~m~world',
  'three messages, one empty': '~m~1~m~a~m~0~m~~m~1~m~b',
  'empty message': '~m~0~m~',
  'empty payload': '',
  'no frame at all': 'hello',
  'space before the frame': ' ~m~1~m~a',
  'mark in capitals': '~M~1~M~a',
  'only the mark': '~m~',
  'half a mark': '~m',
  'two marks, no length': '~m~~m~',
  'no length, then a body': '~m~~m~abc',
  'no length, then a message': '~m~~m~~m~1~m~a',
  'length without the second mark': '~m~5',
  'length and half the second mark': '~m~5~m',
  'length and second mark, no body': '~m~5~m~',
  'body longer than the length': '~m~2~m~abcde',
  'body shorter than the length': '~m~50~m~abcde',
  'good, then a body too short': '~m~2~m~ab~m~9~m~cd',
  'good, then garbage': '~m~2~m~ab garbage',
  'good, then half a mark': '~m~2~m~ab~m',
  'body contains a mark': '~m~5~m~a~m~b',
  'body is a frame': '~m~12~m~~m~5~m~hello',
  'body is a mark': '~m~3~m~~m~~m~1~m~x',
  'body ends with a mark': '~m~4~m~a~m~~m~1~m~x',
  'body is a heartbeat': '~m~4~m~~h~1',
  'heartbeat between messages': '~m~1~m~a~m~4~m~~h~7~m~1~m~b',
  'body is JSON': '~m~10~m~~j~{"a":1}',
  'body is bad JSON': '~m~4~m~~j~{',
  'body is the JSON mark alone': '~m~3~m~~j~',
  'body is JSON with all widths': `~m~${`~j~{"t":"${MIXED}"}`.length}~m~~j~{"t":"${MIXED}"}`,
  'one unit, two bytes': '~m~1~m~\u00e9',
  'one unit, three bytes': '~m~1~m~\u20ac',
  'two units, four bytes': '~m~2~m~\u{1f600}',
  'emoji cut in two': '~m~1~m~\u{1f600}',
  'emoji cut in two, then a message': '~m~1~m~\u{1f600}~m~1~m~a',
  'emoji counted in bytes': '~m~4~m~\u{1f600}~m~1~m~a',
  'all widths, twice': `~m~${MIXED.length}~m~${MIXED}~m~${MIXED.length}~m~${MIXED}`,
  'lone surrogate': '~m~1~m~\ud83d',
  'separators': '~m~3~m~a\u2028b',
  'line ends in the body': '~m~4~m~a\r\nb',
  'a form doubled the line end': '~m~3~m~a\r\nb~m~1~m~c',
  'NUL in the body': '~m~3~m~a\u0000b',
  'negative length': '~m~-1~m~abc',
  'length with a plus': '~m~+1~m~a',
  'length with leading zeros': '~m~005~m~hello',
  'length with a point': '~m~1.5~m~ab',
  'length in hexadecimal': '~m~0x2~m~ab',
  'length with an exponent': '~m~1e1~m~ab',
  'length in Arabic digits': '~m~\u0665~m~hello',
  'length in full-width digits': '~m~\uff15~m~hello',
  'length beyond 2^31': '~m~4294967297~m~ab',
  'length beyond 2^53': '~m~99999999999999999999~m~ab',
  'length of four hundred digits': `~m~${'9'.repeat(400)}~m~ab`,
  'space before the length': '~m~ 5~m~abcde',
  'space after the length': '~m~5 ~m~abcde',
  'tab in the length': '~m~1\t~m~abcdefghijkl',
  'other characters for the second mark': '~m~5xyzabcde',
  'second mark is a heartbeat mark': '~m~2~h~ab',
  'body of digits without second mark': '~m~12345',
  'session id': '~m~16~m~5579649267772848',
  'welcome of the wire document': '~m~23~m~welcome \u00e9\u20ac\u{1f600} </script>\u2028',
};

/** Returns whether the payload follows the grammar: "~m~", digits, "~m~" and that many units, any number of times. */
function isWellFormed(payload) {
  const head = /~m~([0-9]+)~m~/y;
  while (head.lastIndex < payload.length) {
    const match = head.exec(payload);
    if (!match) return false;
    head.lastIndex += Number(match[1]);
  }
  return head.lastIndex === payload.length;
}

const encoded = Object.entries(values).map(([name, value]) => ({ name, value, payload: encode(value) }));
const decoded = Object.entries(payloads).map(([name, payload]) => (
  { name, wellFormed: isWellFormed(payload), payload, messages: decode(payload) }));
for (const { name, value, payload } of encoded)
  if (typeof value === 'string' && decode(payload)[0] !== value) throw new Error(`${name} does not come back`);

write('gen0/encode.json', SOURCE,
  'value -> payload. A JSON array is many messages, one frame each; an array inside an array is joined by commas. '
  + 'Lengths count UTF-16 units.', encoded);
write('gen0/decode.json', SOURCE,
  'payload -> the bodies found, with their ~h~ and ~j~ marks still on. The original never fails: it returns what it '
  + 'found so far. Where wellFormed is false the payload breaks the grammar, and a stricter decoder may find less.', decoded);
