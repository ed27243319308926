// Samples of docs/guide/cheat-sheet.md.

export async function client({ io, console }) {
  // docs: sheet-client
  const socket = io('http://localhost:8080');

  socket.emit('ping'); // no ack is wanted
  socket.emit('add', 3, 4, (sum) => console.log(sum)); // 7
  console.log(await socket.emitWithAck('add', 3, 4)); // 7
  console.log(await socket.timeout(5000).emitWithAck('later')); // now; rejects after 5 seconds without an ack
  socket.emit('size', (width, height) => console.log(width, height)); // 8 5
  console.log((await socket.emitWithAck('secret')).error); // refused
  socket.volatile.emit('ping'); // lost if the client is not connected
  socket.send('hello'); // a message
  // docs: end
}

// Answers the calls of the server.
export function answering({ io }) {
  const socket = io('http://localhost:8080');
  socket.on('ready?', (answer) => answer(true));
  socket.on('name?', (answer) => answer('Ada'));
  socket.on('size?', (unit, answer) => answer(180, unit));
}
