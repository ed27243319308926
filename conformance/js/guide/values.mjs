// Samples of docs/guide/values.md.

export async function typed({ io, console }) {
  // docs: values-client
  const socket = io('http://localhost:8080');

  const from = new Date(1700000000123);
  console.log(await socket.emitWithAck('book', { from, note: 'window', id: 7 })); // a date becomes text
  console.log(await socket.emitWithAck('book', { from: from.getTime(), id: 7 })); // milliseconds
  console.log(await socket.emitWithAck('seats', 2));
  socket.timeout(2000).emit('seats', 2.5, (error) => console.log(error ? 'not answered' : 'taken')); // not answered
  // docs: end
}

// The values of the table in docs/guide/values.md.
export async function table({ io }) {
  const socket = io('http://localhost:8080');

  await socket.emitWithAck(
    'values', undefined, null, { a: undefined, b: null }, [1, , 3, undefined], NaN, Infinity, -0, 1.5, 2 ** 53 + 2, 10 ** 21,
    new Date(1700000000123), 1700000000123, new Map([[1, 2]]), new Set([1]), () => 1,
    new Uint8Array([1, 2]), new Float64Array([1.5]), new Uint8Array([3]).buffer,
  );
  try {
    socket.emit('values', 10n);
  } catch (error) {
    socket.emit('values', 'BigInt throws');
  }
}
