// Follows the numbered events of a room: each must arrive once, in order and unaltered. Answers each with a numbered event.
export const ROOM = 'from the room';

const ledgers = new Map();

// The same texts as in MixedRoomTest.
export const text = (number) => `${number}:${'é€😀\u2028"\\'.repeat(number % 100 === 99 ? 3000 : number % 5)}`;

function ledger(name) {
  if (!ledgers.has(name)) ledgers.set(name, { received: 0, last: -1, sent: 0, faults: [] });
  return ledgers.get(name);
}

export function follow(name, socket) {
  const seen = ledger(name);
  let fresh = true;
  socket.on('disconnect', () => { fresh = true; });
  socket.on(ROOM, (number, said) => {
    const before = seen.last;
    // A connection begins with any later number, unless it continues an earlier one.
    const right = fresh && !(socket.recovered && before >= 0) ? number > before : number === before + 1;
    if (!right) seen.faults.push(`${number} after ${before}${fresh ? ' on a new connection' : ''}`);
    if (said !== text(number)) seen.faults.push(`${number} is altered`);
    seen.last = Math.max(before, number);
    seen.received++;
    fresh = false;
    // Before 1.0, the state of the connection is in an object of its own.
    if ((socket.socket ?? socket).connected) socket.emit('up', seen.sent, text(seen.sent++), number);
  });
}

export const followed = (name) => ledger(name);
